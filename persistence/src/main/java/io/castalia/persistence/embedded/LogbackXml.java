package io.castalia.persistence.embedded;

import java.nio.file.Path;

/** Where Cassandra's log goes: one file, rolled over, bounded. */
final class LogbackXml {
  static final String FILE = "system.log";

  private LogbackXml() {}

  static String of(Path logs) {
    return """
    <configuration>
      <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
      <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
        <file>%1$s/%2$s</file>
        <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
          <fileNamePattern>%1$s/system.%%i.log</fileNamePattern>
          <minIndex>1</minIndex>
          <maxIndex>3</maxIndex>
        </rollingPolicy>
        <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
          <maxFileSize>20MB</maxFileSize>
        </triggeringPolicy>
        <encoder>
          <pattern>%%d{ISO8601} %%-5level [%%thread] %%logger{0} - %%msg%%n</pattern>
        </encoder>
      </appender>
      <root level="INFO">
        <appender-ref ref="FILE"/>
      </root>
    </configuration>
    """
        .formatted(logs, FILE);
  }
}
