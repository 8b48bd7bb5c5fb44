// SPDX-License-Identifier: MIT
// Independent watchdog.
//
// Invariants
//  - `bite` is armed exactly while the watchdog runs, for the moment at which its counter, last reloaded at the last feed, reaches 0.
//  - PR and RLR are writable only after the key 0x5555 and take effect at the next feed, as on the chip.
// Known differences: the RC oscillator has exactly 32 kHz; SR never says busy.
#include "emu/chip/wdt.h"
#include "emu/chip/chip.h"
#include "emu/core/clock.h"
#include "emu/core/host.h"

#include <string.h>

enum { LSI_HZ = 32000, RELOAD_MOST = 4095, KEY_FEED = 0xaaaa, KEY_OPEN = 0x5555, KEY_START = 0xcccc };

static struct {
    uint32_t pr, rlr;
    bool open, running;
    struct event bite;
} w;

static void bitten(void *unused) {
    (void)unused;
    w.running = false;
    emu_report(EMU_NOTE, "the watchdog resets the board");
    if (chip_reset_request) chip_reset_request(RESET_WATCHDOG);
}

void wdt_power_on(void) {
    wdt_power_off();
    w.rlr = RELOAD_MOST;
    w.bite.fire = bitten;
}

void wdt_power_off(void) {
    event_cancel(&w.bite);
    memset(&w, 0, sizeof w);
}

bool wdt_running(void) { return w.running; }

void wdt_feed(void) {
    if (!w.running) return;
    uint64_t divisor = 4u << (w.pr > 6 ? 6 : w.pr);
    event_arm(&w.bite, clock_now() + (w.rlr + 1) * divisor * NS_PER_S / LSI_HZ);
}

bool wdt_start(uint32_t ms) {
    if (ms == 0 || ms > WDT_MOST_MS) return false;
    uint32_t pr = 0, ticks = ms * (LSI_HZ / 1000) / 4; // at the smallest prescaler
    while (ticks > RELOAD_MOST + 1) {
        pr++;
        ticks /= 2;
    }
    w.pr = pr;
    w.rlr = ticks ? ticks - 1 : 0;
    w.running = true;
    wdt_feed();
    return true;
}

uint32_t wdt_read(uint32_t offset) { return offset == IWDG_PR ? w.pr : offset == IWDG_RLR ? w.rlr : 0; }

void wdt_write(uint32_t offset, uint32_t value) {
    if (offset == IWDG_PR && w.open) w.pr = value & 7;
    if (offset == IWDG_RLR && w.open) w.rlr = value & RELOAD_MOST;
    if (offset != IWDG_KR) return;
    w.open = value == KEY_OPEN;
    if (value == KEY_START) w.running = true;
    if (value == KEY_START || value == KEY_FEED) wdt_feed();
}
