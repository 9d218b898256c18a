package io.castalia.streams.processing.runtime;

/** What crosses nodes: to tasks and applications, and from them. */
sealed interface TaskMessage
    permits TaskCommand.Remote, ApplicationCommand.Remote, TaskReply, ApplicationReply {}
