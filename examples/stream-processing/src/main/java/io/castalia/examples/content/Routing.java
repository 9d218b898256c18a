package io.castalia.examples.content;

import io.castalia.streams.JsonSerde;
import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.Joined;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.KTable;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The topology: articles get their authors' names, and go where they belong. What is no article
 * fails, and goes to {@link #REFUSED} as a dead letter.
 */
final class Routing {
  static final String ARTICLES = "articles";
  static final String AUTHORS = "authors";
  static final String NEWSROOM = "newsroom";
  static final String MAGAZINE = "magazine";
  static final String UNSIGNED = "unsigned";
  static final String REFUSED = "refused";

  /** Where articles go to. */
  static final List<String> ROUTES = List.of(NEWSROOM, MAGAZINE, UNSIGNED, REFUSED);

  private static final Serde<String> STRINGS = Serdes.String();
  private static final Serde<Article> ARTICLE_JSON = JsonSerde.of(Article.class);

  private Routing() {}

  static Topology topology() {
    StreamsBuilder builder = new StreamsBuilder();
    KTable<String, String> authors = builder.table(AUTHORS, Consumed.with(STRINGS, STRINGS));
    KStream<String, Article> signed =
        builder.stream(ARTICLES, Consumed.with(STRINGS, STRINGS))
            .mapValues(Article::parse)
            .selectKey((id, article) -> article.author())
            .leftJoin(
                authors,
                (article, name) -> name == null ? article : article.by(name),
                Joined.with(STRINGS, ARTICLE_JSON));
    var routes =
        signed
            .split()
            .branch(UNSIGNED, (author, article) -> !article.hasByline())
            .branch(NEWSROOM, (author, article) -> article.section().equals("news"))
            .defaultBranch(MAGAZINE);
    routes.forEach((route, articles) -> articles.to(route, Produced.with(STRINGS, ARTICLE_JSON)));
    return builder.build();
  }
}
