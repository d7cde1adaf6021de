package dev.daypass.races;

import dev.daypass.approval.Decisions;
import dev.daypass.approval.Dispatch;
import dev.daypass.approval.Rounds;
import dev.daypass.grant.Reconcile;
import dev.daypass.grant.Sweep;
import dev.daypass.request.Asks;
import dev.daypass.request.Endings;
import dev.daypass.request.Extensions;
import dev.daypass.store.Grants;
import dev.daypass.store.Requests;

/**
 * An execution environment of the functions: instances of its own of every class, a clock of its
 * own.
 */
record Environment(
    Requests requests,
    Grants grants,
    Asks asks,
    Decisions decisions,
    Endings endings,
    Extensions extensions,
    Rounds rounds,
    Reconcile reconcile,
    Dispatch dispatch,
    Sweep sweep) {}
