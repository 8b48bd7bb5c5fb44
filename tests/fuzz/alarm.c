// SPDX-License-Identifier: MIT
// The timer of harness.h: a file of its own because <signal.h> and run/raise.h both have a raise_object().
// It counts the time of this process only: a busy machine changes nothing.
#define _GNU_SOURCE
#include "harness.h"
#include "rt.h"
#include <signal.h>
#include <sys/time.h>

enum { PRESSES_MOST = 50 };
static unsigned presses;

static void alarm_note(int signal) {
    (void)signal;
    rt.poll |= ++presses > PRESSES_MOST ? POLL_INTERRUPT | POLL_KEYBOARD : POLL_KEYBOARD;
}

void harness_alarm(unsigned milliseconds) {
    presses = 0;
    struct sigaction action = {.sa_handler = alarm_note, .sa_flags = SA_RESTART};
    sigaction(SIGVTALRM, &action, NULL);
    struct timeval every = {milliseconds / 1000, milliseconds % 1000 * 1000};
    struct itimerval timer = {every, every};
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}
