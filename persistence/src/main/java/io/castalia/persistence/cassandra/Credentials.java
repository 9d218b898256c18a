package io.castalia.persistence.cassandra;

/** A user of Cassandra; never printed with the password. */
public record Credentials(String username, String password) {
  @Override
  public String toString() {
    return "Credentials[username=" + username + ", password=***]";
  }
}
