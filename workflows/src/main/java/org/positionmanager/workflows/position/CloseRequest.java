package org.positionmanager.workflows.position;

import java.util.Optional;

/** What a person may say with a {@code requestClose} Signal; all of it may be left out. */
public record CloseRequest(Optional<String> by, Optional<String> note) {}
