package io.castalia.bench.compare;

/** What sides are compared by. */
enum Figure {
  /** More is better. */
  THROUGHPUT("MB/s") {
    @Override
    double of(Sample sample) {
      return sample.mebibytesPerSecond();
    }
  },
  /** For small records, where records count and not their bytes; more is better. */
  RECORDS("records/s") {
    @Override
    double of(Sample sample) {
      return sample.load().recordsPerSecond();
    }
  },
  /** Less is better. */
  LATENCY("ms, 99th percentile") {
    @Override
    double of(Sample sample) {
      return sample.load().latency().p99Millis();
    }
  };

  private final String unit;

  Figure(String unit) {
    this.unit = unit;
  }

  String unit() {
    return unit;
  }

  abstract double of(Sample sample);
}
