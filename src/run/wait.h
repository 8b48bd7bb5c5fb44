// SPDX-License-Identifier: MIT
// Waiting for descriptors of the host. Every blocking read, write, connect, accept and poll of the library comes through here: pending
// work (Ctrl-C, scheduled functions, interrupt handlers) runs meanwhile, and a port with another clock knows of all waits.
#ifndef SRC_WAIT_H
#define SRC_WAIT_H

#include "host.h"

// Waits until a descriptor is as wanted (returns how many are), or the time is over (0); timeout_us < 0: no limit. May raise and run
// Python code: what P means in docs/side-effects.md; p must not lie in a run that such code can move. OSError when the host refuses.
int wait_ready(struct host_poll *p, size_t n, int64_t timeout_us);
// For callers of host_poll() when there are other threads: the wait alone, without an answer, while the others run.
void wait_away(const struct host_poll *p, size_t n, int64_t timeout_us);
// One descriptor, wanted: STREAM_READABLE, STREAM_WRITABLE. False: the time is over.
bool wait_ready_one(int fd, int wanted, int64_t timeout_us);

#endif
