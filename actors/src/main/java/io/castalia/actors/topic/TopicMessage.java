package io.castalia.actors.topic;

/** What {@link TopicSerializer} writes: messages between nodes, the registry's event and state. */
sealed interface TopicMessage
    permits RegistryCommand.Remote,
        RegistryCommand.Answer,
        DirectoryCommand.Remote,
        RegistryEvent,
        RegistryState {}
