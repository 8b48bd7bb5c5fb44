// SPDX-License-Identifier: MIT
// See wait.h. Pending work always runs before the first look, as MicroPython promises for poll().
#include "run/wait.h"
#include "heap/heap.h"
#include "rt.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"

struct away {
    struct host_poll *polls;
    size_t n;
    int64_t timeout_us;
};

static void away_poll(void *arg) {
    struct away *a = arg;
    int error;
    host_poll(a->polls, a->n, a->timeout_us, &error);
}

void wait_away(const struct host_poll *p, size_t n, int64_t timeout_us) {
    struct away a = {host_alloc(n * sizeof *p + 1), n, timeout_us};
    if (n) memcpy(a.polls, p, n * sizeof *p);
    thread_outside(away_poll, &a);
    host_free(a.polls);
}

int wait_ready(struct host_poll *p, size_t n, int64_t timeout_us) {
    uint64_t start = timeout_us > 0 ? host_ticks_us() : 0;
    int64_t left = timeout_us;
    for (;;) {
        if (rt.poll) poll_run();
        if (thread_others() && left != 0) {
            int error, r = host_poll(p, n, 0, &error);
            if (r == 0) wait_away(p, n, left);
        }
        int error, r = host_poll(p, n, thread_others() ? 0 : left, &error);
        if (r < 0) raise_os(error);
        if (r > 0 || left == 0) return r; // the last look is one without waiting
        if (timeout_us < 0) continue;
        left = timeout_us - (int64_t)(host_ticks_us() - start);
        if (left < 0) left = 0;
    }
}

bool wait_ready_one(int fd, int wanted, int64_t timeout_us) {
    struct host_poll p = {fd, (short)wanted, 0};
    return wait_ready(&p, 1, timeout_us) > 0;
}
