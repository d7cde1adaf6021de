package dev.daypass.runbook;

import java.time.Duration;
import java.util.Optional;

/**
 * What somebody asks for, as it came in and unchecked.
 *
 * @param runbook id of the runbook
 * @param requester email address of the person who asks
 * @param duration how long, or empty for the runbook's default
 * @param reason may be blank
 * @param ticket may be blank
 */
public record Ask(
    String runbook, String requester, Optional<Duration> duration, String reason, String ticket) {}
