package io.castalia.streams.processing.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** A map in pages holds what a map in memory holds. */
class PagedMapTest {
  private static final int KEYS = 3_000;

  private final TreeMap<Bytes, Bytes> expected = new TreeMap<>();
  private final Map<Long, Page> stored = new HashMap<>();
  private PagedMap map = PagedMap.empty();
  private long nextPage;
  private int reads;
  private long bytesWritten;

  private Page read(long number) {
    reads++;
    Page page = Objects.requireNonNull(stored.get(number), "page " + number);
    return Page.decode(page.encoded());
  }

  private void put(String key, String value) {
    Bytes bytes = bytes(key);
    map = map.with(bytes, bytes(value), expected.containsKey(bytes));
    expected.put(bytes, bytes(value));
  }

  private void remove(String key) {
    Bytes bytes = bytes(key);
    map = map.with(bytes, null, expected.containsKey(bytes));
    expected.remove(bytes);
  }

  /** Works one portion of frozen changes into pages; what they supersede is gone. */
  private void writePortion() {
    Portion portion = Portion.of(map, nextPage, this::read);
    assertThat(portion.pages().size()).isLessThanOrEqualTo(Portion.MAX_PAGES);
    nextPage += portion.pages().size();
    portion.pages().values().forEach(page -> bytesWritten += page.encoded().length);
    stored.putAll(portion.pages());
    map.supersededBy(portion.change()).forEach(stored::remove);
    map = map.after(portion.change());
  }

  private void writeAll() {
    map = map.freeze();
    while (map.isFrozen()) {
      writePortion();
    }
  }

  private void assertHoldsWhatIsExpected() {
    List<Entry> all = new ArrayList<>();
    map.all(this::read).forEachRemaining(all::add);
    assertThat(all)
        .isEqualTo(
            expected.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList());
    assertThat(
            map.refs().stream().flatMap(ref -> ref.numbers().stream()).collect(Collectors.toSet()))
        .isEqualTo(stored.keySet());
  }

  private static String key(int number) {
    return "key-%05d".formatted(number);
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }

  @Test
  void shouldHoldWhatAMapInMemoryHolds() {
    Random random = new Random(11);
    for (int round = 0; round < 40; round++) {
      for (int change = 0; change < 400; change++) {
        String key = key(random.nextInt(KEYS));
        if (random.nextInt(3) == 0) {
          remove(key);
        } else {
          put(key, "v".repeat(random.nextInt(200) == 0 ? 100_000 : random.nextInt(300)));
        }
      }
      if (!map.isFrozen()) {
        map = map.freeze();
      }
      if (random.nextInt(3) > 0) {
        writePortion();
      }
      for (int look = 0; look < 50; look++) {
        Bytes key = bytes(key(random.nextInt(KEYS)));
        assertThat(map.get(key, this::read)).isEqualTo(expected.get(key));
        assertThat(map.from(key, this::read).hasNext()).isEqualTo(!expected.tailMap(key).isEmpty());
      }
    }
    assertHoldsWhatIsExpected();
  }

  @Test
  void shouldCutAPortionThatIsTooLarge() {
    for (int number = 0; number < KEYS; number++) {
      put(key(number), "v".repeat(10_000));
    }
    map = map.freeze();
    writePortion();
    assertThat(map.isFrozen()).isTrue();
    assertHoldsWhatIsExpected();

    while (map.isFrozen()) {
      writePortion();
    }
    for (int number = 0; number < KEYS; number++) {
      put(key(number) + "+", "v".repeat(10_000));
    }
    writeAll();

    assertHoldsWhatIsExpected();
    assertThat(stored.values())
        .allSatisfy(page -> assertThat(page.encoded().length).isLessThan(80_000));
  }

  @Test
  void shouldWriteOnlyThePagesThatChange() {
    for (int number = 0; number < KEYS; number++) {
      put(key(number), "v".repeat(1_000));
    }
    writeAll();
    List<Long> before = List.copyOf(stored.keySet());
    reads = 0;

    put(key(7), "other");
    put(key(KEYS - 7), "other");
    writeAll();

    assertThat(before.size()).isGreaterThan(40);
    assertThat(stored.keySet().stream().filter(number -> !before.contains(number))).hasSize(2);
    assertThat(reads).isZero();
    assertThat(nextPage).isEqualTo(before.size() + 2);
    assertHoldsWhatIsExpected();
  }

  /** Else each change of it would cost more than the last. */
  @Test
  void shouldMakeThePagesOfAPlaceAnewWhenTheyAreMany() {
    for (int number = 0; number < KEYS / 10; number++) {
      put(key(number), "v".repeat(1_000));
    }
    writeAll();
    int before = stored.size();

    for (int change = 0; change < 20; change++) {
      put(key(change), "other" + change);
      remove(key(change + 20));
      writeAll();
      assertThat(map.pagesOf(bytes(key(100)))).hasSizeLessThanOrEqualTo(PageRef.MAX_PAGES);
      assertHoldsWhatIsExpected();
    }

    assertThat(stored.size()).isLessThan(before + PageRef.MAX_PAGES);
  }

  /** Making all pages anew each time would be twenty times what changes. */
  @Test
  void shouldWriteAFewTimesWhatChangesThoughThatIsInAllPages() {
    Random random = new Random(3);
    for (int number = 0; number < KEYS; number++) {
      put(key(number), "v".repeat(1_000));
    }
    writeAll();
    bytesWritten = 0;

    for (int round = 0; round < 12; round++) {
      for (int change = 0; change < 150; change++) {
        put(key(random.nextInt(KEYS)), "w".repeat(1_000));
      }
      writeAll();
    }

    assertThat(bytesWritten).isLessThan(12 * 150 * 1_000 * 8L);
    assertHoldsWhatIsExpected();
  }

  @Test
  void shouldHaveNoPagesWhenAllIsRemoved() {
    for (int number = 0; number < KEYS; number++) {
      put(key(number), "v".repeat(20));
    }
    writeAll();
    for (int number = 0; number < KEYS; number++) {
      remove(key(number));
    }

    writeAll();

    assertThat(stored).isEmpty();
    assertHoldsWhatIsExpected();
    put(key(1), "again");
    writeAll();
    assertHoldsWhatIsExpected();
  }

  /** What is removed is skipped once, and not each time that somebody looks for the first entry. */
  @Test
  void shouldNotReadAgainWhatWasRemovedFromTheFront() {
    for (int number = 0; number < KEYS; number++) {
      put(key(number), "v".repeat(1_000));
    }
    writeAll();
    for (int number = 0; number < KEYS / 2; number++) {
      remove(key(number));
    }
    assertThat(map.before(bytes(key(KEYS / 2 + 2)), this::read))
        .toIterable()
        .containsExactly(bytes(key(KEYS / 2)), bytes(key(KEYS / 2 + 1)));
    put(key(KEYS), "more");
    reads = 0;

    assertThat(map.before(bytes(key(KEYS / 2)), this::read)).isExhausted();
    assertThat(map.first(this::read)).contains(bytes(key(KEYS / 2)));

    assertThat(reads).isLessThanOrEqualTo(4);
    put(key(3), "again");
    assertThat(map.first(this::read)).contains(bytes(key(3)));
  }

  @Test
  void shouldKeepNothingOfWhatCameAndWentInMemory() {
    put("a", "1");
    remove("a");

    assertThat(map).isEqualTo(PagedMap.empty());
    assertThat(map.activeBytes()).isZero();
  }
}
