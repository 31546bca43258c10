package org.vipdrift.model.haproxy.settings;

import java.util.List;

/** A {@code userlist} section. */
public record UserList(String name, List<User> users) {
  /**
   * @param password as written
   * @param encrypted whether the password is in the form of crypt(3)
   */
  public record User(String name, String password, boolean encrypted, List<String> groups) {
    public User {
      groups = List.copyOf(groups);
    }
  }

  public UserList {
    users = List.copyOf(users);
  }
}
