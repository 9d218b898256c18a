package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that are joined by a key that the values of one of them name. */
class ForeignKeyJoinTest {
  private static final Materialized<String, String> AS_STRING = Materialized.with(STRINGS, STRINGS);

  /** Orders are written {@code customer:what}; one without a customer names none. */
  private static @Nullable String customer(String order) {
    int colon = order.indexOf(':');
    return colon < 0 ? null : order.substring(0, colon);
  }

  private static Bench joins() {
    return new Bench(
        builder -> {
          KTable<String, String> orders = builder.table("orders", TEXT);
          KTable<String, String> customers = builder.table("customers", TEXT);
          orders
              .join(customers, ForeignKeyJoinTest::customer, (o, c) -> o + "+" + c, AS_STRING)
              .toStream()
              .to("inner", AS_TEXT);
          orders
              .leftJoin(customers, ForeignKeyJoinTest::customer, (o, c) -> o + "+" + c, AS_STRING)
              .toStream()
              .to("left", AS_TEXT);
        });
  }

  private static List<String> list(@Nullable String records) {
    return records == null ? List.of() : Arrays.asList(records.split(" "));
  }

  /** What is put in ({@code o} for an order, {@code c} for a customer), and what comes of it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the key comes first      | c:x=X o:1=x:a           | 1=x:a+X             | 1=x:a+X
          the row comes first      | o:1=x:a c:x=X           | 1=x:a+X             | 1=x:a+null 1=x:a+X
          the key never comes      | o:1=x:a                 |                     | 1=x:a+null
          the row's value changes  | c:x=X o:1=x:a o:1=x:b   | 1=x:a+X 1=x:b+X     | 1=x:a+X 1=x:b+X
          the key's value changes  | c:x=X o:1=x:a c:x=Y     | 1=x:a+X 1=x:a+Y     | 1=x:a+X 1=x:a+Y
          the row names another    | c:x=X c:y=Y o:1=x:a o:1=y:a | 1=x:a+X 1=y:a+Y | 1=x:a+X 1=y:a+Y
          … which is not there     | c:x=X o:1=x:a o:1=y:a   | 1=x:a+X 1=-         | 1=x:a+X 1=y:a+null
          … and the old one changes| c:x=X o:1=x:a o:1=y:a c:x=Z | 1=x:a+X 1=-     | 1=x:a+X 1=y:a+null
          the row names none       | o:1=a                   |                     | 1=a+null
          the row stops naming one | c:x=X o:1=x:a o:1=a c:x=Z | 1=x:a+X 1=-       | 1=x:a+X 1=a+null
          the row is deleted       | c:x=X o:1=x:a o:1=- c:x=Z | 1=x:a+X 1=-       | 1=x:a+X 1=-
          the key is deleted       | c:x=X o:1=x:a c:x=-     | 1=x:a+X 1=-         | 1=x:a+X 1=x:a+null
          … and comes back         | c:x=X o:1=x:a c:x=- c:x=Y | 1=x:a+X 1=- 1=x:a+Y | 1=x:a+X 1=x:a+null 1=x:a+Y
          both are deleted         | c:x=X o:1=x:a o:1=- c:x=- | 1=x:a+X 1=-       | 1=x:a+X 1=-
          many rows name one key   | o:1=x:a o:2=x:b c:x=X   | 1=x:a+X 2=x:b+X     | 1=x:a+null 2=x:b+null 1=x:a+X 2=x:b+X
          keys begin alike         | o:1=x:a o:2=xx:b c:x=X  | 1=x:a+X             | 1=x:a+null 2=xx:b+null 1=x:a+X
          nothing is deleted       | o:1=- c:x=-             |                     |
          """)
  void shouldFollowBothSides(
      String what, String records, @Nullable String inner, @Nullable String left) {
    Bench bench = joins();

    for (String record : list(records)) {
      bench.in(record.startsWith("o:") ? "orders" : "customers", record.substring(2));
    }

    assertThat(bench.out("inner")).as(what).containsExactlyElementsOf(list(inner));
    assertThat(bench.out("left")).as(what).containsExactlyElementsOf(list(left));
  }

  @Test
  void shouldHaveTheLaterTimeOfBoth() {
    Bench bench = joins();

    bench.in("orders", "1=x:a@5").in("customers", "x=X@3", "x=Y@9").in("orders", "1=x:b@7");

    assertThat(bench.timed("inner")).containsExactly("1=x:a+X@5", "1=x:a+Y@9", "1=x:b+Y@9");
  }

  /** More than are told at once. */
  @Test
  void shouldTellAllRowsThatNameAKey() {
    Bench bench = joins();
    String[] orders =
        IntStream.range(0, 1_000).mapToObj("%04d=x:a"::formatted).toArray(String[]::new);
    bench.in("orders", orders);

    bench.in("customers", "x=X").in("customers", "x=Y", "x=-");

    List<String> told = new ArrayList<>();
    for (String end : List.of("=x:a+X", "=x:a+Y", "=-")) {
      IntStream.range(0, 1_000).forEach(row -> told.add("%04d".formatted(row) + end));
    }
    assertThat(bench.out("inner")).isEqualTo(told);
  }

  /** Those who work for somebody in the same table. */
  @Test
  void shouldJoinATableWithItself() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> staff = builder.table("staff", TEXT);
              staff
                  .join(staff, ForeignKeyJoinTest::customer, (one, other) -> other, AS_STRING)
                  .toStream()
                  .to("out", AS_TEXT);
            });

    bench.in("staff", "ann=:chief", "bob=ann:clerk", "ann=:queen");

    assertThat(bench.out("out")).containsExactly("bob=:chief", "bob=:queen");
  }

  @Test
  void shouldBeJoinedFurther() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> orders = builder.table("orders", TEXT);
              KTable<String, String> customers = builder.table("customers", TEXT);
              KTable<String, String> countries = builder.table("countries", TEXT);
              orders
                  .join(customers, ForeignKeyJoinTest::customer, (o, c) -> c, AS_STRING)
                  .join(countries, c -> c, (c, country) -> country, AS_STRING)
                  .toStream()
                  .to("out", AS_TEXT);
            });

    bench.in("countries", "fi=Finland").in("customers", "x=fi").in("orders", "1=x:a");

    assertThat(bench.out("out")).containsExactly("1=Finland");
  }
}
