// Two members of a group read what a producer sends: node group.mjs BROKER TOPIC GROUP FILE
//
// Sends each line of the file, keyed by its first word. Prints "MEMBER<tab>PARTITION<tab>LINE" for each line that a
// member is given, and ends when that are as many as were sent and their offsets are committed.
import { readFileSync } from 'node:fs';
import { Kafka, Partitioners, logLevel } from 'kafkajs';

const [broker, topic, groupId, file] = process.argv.slice(2);
const lines = readFileSync(file, 'latin1').split('\n').filter((line) => line.length > 0);
const kafka = new Kafka({ clientId: 'kafkajs', brokers: [broker], logLevel: logLevel.ERROR });

const output = [];
const shares = new Map();
let announceShared;
let announceRead;
const shared = new Promise((resolve) => { announceShared = resolve; });
const read = new Promise((resolve) => { announceRead = resolve; });

async function join(name) {
  const consumer = kafka.consumer({ groupId, sessionTimeout: 10_000, heartbeatInterval: 500 });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    shares.set(name, payload.memberAssignment[topic] ?? []);
    if (shares.size === 2 && [...shares.values()].every((partitions) => partitions.length > 0)) {
      announceShared();
    }
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    console.error(payload.error);
    process.exit(1);
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      output.push(`${name}\t${partition}\t${message.value.toString('latin1')}`);
      if (output.length === lines.length) {
        announceRead();
      }
    },
  });
  return consumer;
}

async function send() {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const messages = lines.map((line) => ({ key: line.split(' ', 1)[0], value: Buffer.from(line, 'latin1') }));
  await producer.send({ topic, acks: -1, messages });
  await producer.disconnect();
}

const members = [await join('one'), await join('two')];
await shared;
await send();
await read;
for (const member of members) {
  await member.disconnect();
}
process.stdout.write(Buffer.from(output.map((line) => `${line}\n`).join(''), 'latin1'));
