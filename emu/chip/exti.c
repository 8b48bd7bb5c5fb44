// SPDX-License-Identifier: MIT
// External interrupts.
//
// Invariants
//  - line[i].pin is the pin whose net line[i].ear listens to; it listens exactly while RTSR or FTSR names an edge of the line.
//  - An edge on a line that IMR masks is dropped; on an open one it sets the line's bit in PR and tells the client, each time.
// Known differences: event mode (EMR) wakes the sleeping processor and does nothing else; the supply is not watched (line 16).
#include "emu/chip/exti.h"
#include "emu/chip/gpio.h"

#include <stddef.h>
#include <string.h>

enum { LINE_MASK = (1 << EXTI_LINES) - 1, SYSCFG_MEMRMP = 0x00, SYSCFG_PMC = 0x04, SYSCFG_EXTICR = 0x08, SYSCFG_CMPCR = 0x20 };

static struct {
    uint32_t imr, emr, rtsr, ftsr, swier, pr, memrmp, pmc;
    uint64_t wakeups;
    struct line {
        uint8_t port;
        struct gpio *pin;
        struct listener ear;
        const struct exti_client *client;
    } line[EXTI_LINES];
} x;

uint64_t exti_wakeups(void) { return x.wakeups; }

static void triggered(unsigned line) {
    uint32_t bit = 1u << line;
    if ((x.imr | x.emr) & bit) x.wakeups++;
    if (!(x.imr & bit)) return;
    x.pr |= bit;
    const struct exti_client *c = x.line[line].client;
    if (c) c->fire(c->data, line);
}

static void edge(void *data, struct net *net, bool level) {
    (void)net;
    unsigned line = (unsigned)((struct line *)data - x.line);
    if ((level ? x.rtsr : x.ftsr) >> line & 1) triggered(line);
}

// Listens, or stops listening, as registers say.
static void line_apply(unsigned i) {
    if (i >= EXTI_PIN_LINES) return;
    struct line *l = &x.line[i];
    struct gpio *wanted = (x.rtsr | x.ftsr) >> i & 1 ? gpio_at(l->port, (int)i) : NULL;
    if (wanted == l->pin) return;
    if (l->pin) net_unlisten(l->pin->net, &l->ear);
    l->pin = wanted;
    l->ear.edge = edge;
    l->ear.data = l;
    if (wanted) net_listen(wanted->net, &l->ear);
}

void exti_power_off(void) {
    for (unsigned i = 0; i < EXTI_PIN_LINES; i++)
        if (x.line[i].pin) net_unlisten(x.line[i].pin->net, &x.line[i].ear);
    memset(&x, 0, sizeof x);
}

void exti_power_on(void) { exti_power_off(); }

const struct exti_client *exti_client(unsigned line) { return line < EXTI_LINES ? x.line[line].client : NULL; }

void exti_attach(unsigned line, const struct exti_client *client) {
    if (line < EXTI_LINES) x.line[line].client = client;
}

void exti_route(unsigned line, int port) {
    if (line >= EXTI_PIN_LINES) return;
    x.line[line].port = (uint8_t)(port & 15);
    line_apply(line);
}

static void bit_set(uint32_t *reg, unsigned line, bool on) {
    if (line >= EXTI_LINES) return;
    if (on) *reg |= 1u << line;
    else *reg &= ~(1u << line);
}

void exti_edges(unsigned line, bool rising, bool falling) {
    bit_set(&x.rtsr, line, rising);
    bit_set(&x.ftsr, line, falling);
    line_apply(line);
}

void exti_mask(unsigned line, bool enabled) { bit_set(&x.imr, line, enabled); }
void exti_event_mask(unsigned line, bool enabled) { bit_set(&x.emr, line, enabled); }
bool exti_enabled(unsigned line) { return line < EXTI_LINES && x.imr >> line & 1; }

void exti_clear(unsigned line) {
    bit_set(&x.pr, line, false);
    bit_set(&x.swier, line, false);
}

void exti_software(unsigned line) {
    if (line >= EXTI_LINES) return;
    bit_set(&x.swier, line, true);
    triggered(line);
}

void exti_internal(unsigned line) {
    if (line < EXTI_LINES && x.rtsr >> line & 1) triggered(line);
}

// ---- registers -----------------------------------------------------------------------------------------------------------------
uint32_t exti_read(uint32_t offset) {
    switch (offset) {
    case EXTI_IMR: return x.imr;
    case EXTI_EMR: return x.emr;
    case EXTI_RTSR: return x.rtsr;
    case EXTI_FTSR: return x.ftsr;
    case EXTI_SWIER: return x.swier;
    case EXTI_PR: return x.pr;
    default: return 0;
    }
}

void exti_write(uint32_t offset, uint32_t value) {
    value &= LINE_MASK;
    switch (offset) {
    case EXTI_IMR: x.imr = value; break;
    case EXTI_EMR: x.emr = value; break;
    case EXTI_RTSR: x.rtsr = value; break;
    case EXTI_FTSR: x.ftsr = value; break;
    case EXTI_SWIER:
        for (unsigned i = 0; i < EXTI_LINES; i++)
            if ((value & ~x.swier) >> i & 1) exti_software(i);
        return;
    case EXTI_PR: // a written 1 clears
        x.pr &= ~value;
        x.swier &= ~value;
        return;
    default: return;
    }
    for (unsigned i = 0; i < EXTI_PIN_LINES; i++) line_apply(i);
}

uint32_t syscfg_read(uint32_t offset) {
    if (offset == SYSCFG_MEMRMP) return x.memrmp;
    if (offset == SYSCFG_PMC) return x.pmc;
    if (offset < SYSCFG_EXTICR || offset >= SYSCFG_EXTICR + 16) return 0;
    uint32_t first = offset - SYSCFG_EXTICR, value = 0;
    for (unsigned i = 0; i < 4; i++) value |= (uint32_t)x.line[first + i].port << 4 * i;
    return value;
}

void syscfg_write(uint32_t offset, uint32_t value) {
    if (offset == SYSCFG_MEMRMP) x.memrmp = value & 3;
    if (offset == SYSCFG_PMC) x.pmc = value & 1 << 23;
    if (offset < SYSCFG_EXTICR || offset >= SYSCFG_EXTICR + 16) return;
    for (unsigned i = 0; i < 4; i++) exti_route(offset - SYSCFG_EXTICR + i, (int)(value >> 4 * i & 15));
}
