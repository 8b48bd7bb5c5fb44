// SPDX-License-Identifier: MIT
// machine.UART; on a pyboard it is also pyb.UART.
//
// Invariants
//  - One object for each unit: UART(1) gives the same one every time, with the settings of its last init().
//  - The unit's state is in host memory (struct serial, one for each unit); the Python object only names it, and its receive buffer takes
//    the room that it takes on the board.
//  - On an STM32 a write leaves at most one character in the unit, in its shift register; elsewhere txbuf takes what fits.
#include "emu/chip/uart.h"
#include "emu/modules/bus.h"
#include "emu/modules/irq_object.h"
#include "emu/modules/pin.h"
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>
#include <stdio.h>

enum { FLOW_RTS = 1, FLOW_CTS = 2, INVERT_TX = 1, INVERT_RX = 2 };

struct serial {
    struct uart *unit;
    const struct board_bus *bus;
    obj_t object, irq;          // roots
    bool enabled;
    uint32_t timeout, timeout_char; // ms
    size_t rxbuf, txbuf;
    uint8_t invert;
    unsigned last_events;       // irq().flags()
    struct handler handler;
    struct serial *next;
};
struct uart_object { // 3 words
    const struct type *type;
    struct serial *serial;
    void *buffer; // heap run as large as the board's receive buffer
};
static struct serial *all;

static void serials_stop(void) {
    while (all) {
        struct serial *s = all;
        all = s->next;
        handler_drop(&s->handler);
        bridge_root_drop(&s->object);
        bridge_root_drop(&s->irq);
        emu_free(s);
    }
}
static struct emu_unit unit = {serials_stop, NULL, false};

// ---- interrupts ------------------------------------------------------------------------------------------------------------
static void serial_told(void *data) {
    struct serial *s = data;
    irq_raise(&s->handler.line);
}

static void serial_before(void *data) {
    struct serial *s = data;
    s->last_events = uart_take(s->unit);
}

static void serial_silence(void *data) {
    struct serial *s = data;
    s->unit->trigger = 0;
}

static struct serial *serial_of(const struct board_bus *bus) {
    for (struct serial *s = all; s; s = s->next)
        if (s->bus->number == bus->number) return s;
    emu_unit_add(&unit);
    struct serial *s = emu_new(sizeof *s);
    s->unit = uart_unit(bus->number);
    s->bus = bus;
    s->unit->notify = serial_told;
    s->unit->data = s;
    handler_init(&s->handler, "UART", bus->number, 12, serial_before, serial_silence, s);
    bridge_root(&s->object);
    bridge_root(&s->irq);
    s->next = all;
    all = s;
    return s;
}

static struct serial *self_serial(obj_t self) { return ((struct uart_object *)self)->serial; }

static struct serial *self_enabled(obj_t self) {
    struct serial *s = self_serial(self);
    if (!s->enabled) raise_os(EIO);
    return s;
}

// ---- pins and speed ---------------------------------------------------------------------------------------------------------
static const char *signal_name(const struct serial *s, const char *line) {
    static char text[20];
    int n = s->bus->number;
    snprintf(text, sizeof text, "%s%d_%s", n == 4 || n == 5 ? "UART" : "USART", n, line);
    return text;
}

static void serial_disconnect(struct serial *s) {
    struct uart *u = s->unit;
    struct gpio **pins[] = {&u->tx, &u->rx, &u->rts, &u->cts};
    for (int i = 0; i < 4; i++) {
        bus_disconnect(*pins[i], u);
        *pins[i] = NULL;
    }
}

static void serial_connect(struct serial *s, struct gpio *const pins[4], unsigned flow) {
    struct uart *u = s->unit;
    serial_disconnect(s);
    if (pins[0]) bus_connect(pins[0], signal_name(s, "TX"), u, BUS_PUSH_PULL, GPIO_PULL_UP);
    u->tx = pins[0];
    if (pins[1]) bus_connect(pins[1], signal_name(s, "RX"), u, BUS_INPUT, s->invert & INVERT_RX ? GPIO_PULL_DOWN : GPIO_PULL_UP);
    u->rx = pins[1];
    if (flow & FLOW_RTS) bus_connect(u->rts = pins[2], signal_name(s, "RTS"), u, BUS_PUSH_PULL, GPIO_PULL_UP);
    if (flow & FLOW_CTS) bus_connect(u->cts = pins[3], signal_name(s, "CTS"), u, BUS_INPUT, GPIO_PULL_UP);
    u->flow_rts = flow & FLOW_RTS;
    u->flow_cts = flow & FLOW_CTS;
}

// The speed that the unit really gets: its clock divided by a whole number.
static uint32_t serial_speed(const struct serial *s, uint32_t baud) {
    if (!bus_is_stm()) return baud;
    uint32_t clock = bus_clock(s->bus->number == 1 || s->bus->number == 6 ? 2 : 1);
    uint64_t divider = ((uint64_t)clock + baud / 2) / baud;
    if (divider < 16) divider = 16;
    if (divider > 65535) divider = 65535;
    uint32_t real = (uint32_t)(clock / divider);
    uint64_t off = real > baud ? real - baud : baud - real;
    if (off * 20 > baud) raise_format(&type_ValueError, "set baudrate %d is not within 5%% of desired value", (int)real);
    return real;
}

// ---- init ------------------------------------------------------------------------------------------------------------------
enum {
    ARG_BAUD, ARG_BITS, ARG_PARITY, ARG_STOP, ARG_FLOW, ARG_TIMEOUT, ARG_TIMEOUT_CHAR, ARG_RXBUF, ARG_STM_END,
    ARG_OLD_RXBUF = ARG_STM_END, ARG_TX = ARG_STM_END, ARG_RX, ARG_RTS, ARG_CTS, ARG_TXBUF, ARG_INVERT, ARG_END
};
#define SHARED_ARGUMENTS                                                                                                                  \
    {Q_bits, ARG_INT, 0, {.i = 8}}, {Q_parity, ARG_OBJ, 0, {.obj = OBJ_NONE}}, {Q_stop, ARG_INT, 0, {.i = 1}},                            \
        {Q_flow, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 0}},                                           \
        {Q_timeout_char, ARG_INT, ARG_KW_ONLY, {.i = 0}}, {Q_rxbuf, ARG_INT, ARG_KW_ONLY, {.i = -1}}
static const struct arg_spec stm_arguments[] = {
    {Q_baudrate, ARG_INT, 0, {.i = 9600}}, SHARED_ARGUMENTS, {Q_read_buf_len, ARG_INT, ARG_KW_ONLY, {.i = 64}}};
static const struct arg_spec other_arguments[] = {{Q_baudrate, ARG_INT, 0, {.i = 115200}}, SHARED_ARGUMENTS,
    {Q_tx, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_rx, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    {Q_rts, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}}, {Q_cts, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_NULL}},
    {Q_txbuf, ARG_INT, ARG_KW_ONLY, {.i = -1}}, {Q_invert, ARG_INT, ARG_KW_ONLY, {.i = 0}}};

static void parse_format(const union arg_value *v, struct uart_format *f) {
    f->parity = UART_NO_PARITY;
    if (v[ARG_PARITY].obj != OBJ_NONE) f->parity = obj_get_int(v[ARG_PARITY].obj) & 1 ? UART_ODD : UART_EVEN;
    intptr_t bits = v[ARG_BITS].i, least = 5, most = 8;
    if (bus_is_stm()) {
        least = f->parity == UART_NO_PARITY ? 8 : 7;
        most = f->parity == UART_NO_PARITY ? 9 : 8;
    }
    if (bits < least || bits > most) raise_message(&type_ValueError, "unsupported combination of bits and parity");
    f->bits = (uint8_t)bits;
    if (v[ARG_STOP].i != 1 && v[ARG_STOP].i != 2) raise_message(&type_ValueError, "stop must be 1 or 2");
    f->stop = (uint8_t)v[ARG_STOP].i;
}

static size_t parse_size(intptr_t n, size_t missing) {
    if (n < 0) return missing;
    if (n > 65535) raise_message(&type_ValueError, "buffer too large");
    return (size_t)n;
}

static void parse_pins(const struct serial *s, const union arg_value *v, bool is_stm, unsigned flow, struct gpio *pins[4]) {
    for (int i = 0; i < 4; i++) {
        obj_t o = is_stm ? OBJ_NULL : v[ARG_TX + i].obj;
        pins[i] = o == OBJ_NONE ? NULL : o ? pin_of(o) : i < 2 && s->unit->on ? (i ? s->unit->rx : s->unit->tx) : bus_pin(s->bus, i);
    }
    if (((flow & FLOW_RTS) && !pins[2]) || ((flow & FLOW_CTS) && !pins[3]))
        raise_format(&type_ValueError, "UART(%d) has no pin for that flow control", s->bus->number);
}

static void serial_init(obj_t self, size_t n, size_t kw, const obj_t *args) {
    struct serial *s = self_serial(self);
    bool is_stm = bus_is_stm();
    union arg_value v[ARG_END];
    if (is_stm) args_parse(n, kw, args, sizeof stm_arguments / sizeof *stm_arguments, stm_arguments, v);
    else args_parse(n, kw, args, sizeof other_arguments / sizeof *other_arguments, other_arguments, v);
    struct uart_format f = {0};
    parse_format(v, &f);
    if (v[ARG_BAUD].i <= 0 || v[ARG_BAUD].i > 20000000) raise_message(&type_ValueError, "invalid baudrate");
    f.baud = serial_speed(s, (uint32_t)v[ARG_BAUD].i);
    unsigned flow = (unsigned)v[ARG_FLOW].i;
    if (flow & ~(unsigned)(FLOW_RTS | FLOW_CTS)) raise_message(&type_ValueError, "invalid flow control");
    struct gpio *pins[4];
    parse_pins(s, v, is_stm, flow, pins);
    s->invert = is_stm ? 0 : (uint8_t)(v[ARG_INVERT].i & 3);
    f.invert_tx = s->invert & INVERT_TX;
    f.invert_rx = s->invert & INVERT_RX;
    s->rxbuf = parse_size(v[ARG_RXBUF].i, is_stm ? parse_size(v[ARG_OLD_RXBUF].i, 0) : 256);
    s->txbuf = is_stm ? 1 : parse_size(v[ARG_TXBUF].i, 256);
    if (s->txbuf == 0) s->txbuf = 1;
    s->timeout = (uint32_t)(v[ARG_TIMEOUT].i < 0 ? 0 : v[ARG_TIMEOUT].i);
    s->timeout_char = (uint32_t)(v[ARG_TIMEOUT_CHAR].i < 0 ? 0 : v[ARG_TIMEOUT_CHAR].i);
    uint32_t least = 13000 / f.baud + (is_stm ? 2 : 1); // no less than the time of a character
    if (s->timeout_char < least) s->timeout_char = least;
    ((struct uart_object *)self)->buffer = s->rxbuf ? heap_new(0, (s->rxbuf + 1) * (f.bits > 8 ? 2 : 1), HEAP_DATA) : NULL;
    s->unit->break_is_char = is_stm;
    serial_connect(s, pins, flow);
    uart_start(s->unit, &f, s->txbuf, s->rxbuf);
    uart_links_follow(s->unit);
    s->enabled = true;
}

static obj_t uart_init(size_t n, size_t kw, const obj_t *args) {
    serial_init(args[0], n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(uart_init_fn, 1, 255, uart_init);

static obj_t uart_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    struct serial *s = serial_of(bus_of("UART", args[0]));
    if (!s->object) {
        struct uart_object *u = heap_new(3, 0, HEAP_REFS);
        u->type = type;
        u->serial = s;
        s->object = OBJ_PTR(u);
    }
    obj_t self = s->object;
    if (n > 1 || kw > 0 || (!bus_is_stm() && !s->enabled)) serial_init(self, n - 1, kw, args + 1);
    return self;
}

static obj_t uart_deinit(obj_t self) {
    struct serial *s = self_serial(self);
    handler_set(&s->handler, OBJ_NONE, self, false);
    uart_stop(s->unit);
    serial_disconnect(s);
    ((struct uart_object *)self)->buffer = NULL;
    s->enabled = false;
    return OBJ_NONE;
}
BUILTIN_1(uart_deinit_fn, uart_deinit);

static void print_pin(const struct printer *p, const char *before, const struct gpio *g) {
    if (g) bus_print_pin(p, before, g);
}

static void uart_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct serial *s = self_serial(self);
    const struct uart_format *f = &s->unit->format;
    if (!s->enabled) {
        print_format(p, "UART(%d)", s->bus->number);
        return;
    }
    print_format(p, "UART(%d, baudrate=%u, bits=%d, parity=", s->bus->number, (unsigned)f->baud, f->bits);
    if (f->parity == UART_NO_PARITY) print_text(p, "None");
    else print_format(p, "%d", f->parity == UART_ODD);
    print_format(p, ", stop=%d", f->stop);
    if (bus_is_stm()) {
        static const char *const flows[] = {"0", "RTS", "CTS", "RTS|CTS"};
        print_format(p, ", flow=%s, timeout=%u, timeout_char=%u, rxbuf=%u)", flows[s->unit->flow_rts + 2 * s->unit->flow_cts],
                     (unsigned)s->timeout, (unsigned)s->timeout_char, (unsigned)s->rxbuf);
        return;
    }
    static const char *const inverted[] = {"None", "INV_TX", "INV_RX", "INV_TX|INV_RX"};
    print_pin(p, ", tx=", s->unit->tx);
    print_pin(p, ", rx=", s->unit->rx);
    print_pin(p, ", rts=", s->unit->flow_rts ? s->unit->rts : NULL);
    print_pin(p, ", cts=", s->unit->flow_cts ? s->unit->cts : NULL);
    print_format(p, ", txbuf=%u, rxbuf=%u, timeout=%u, timeout_char=%u, invert=%s)", (unsigned)s->txbuf, (unsigned)s->rxbuf,
                 (unsigned)s->timeout, (unsigned)s->timeout_char, inverted[s->invert & 3]);
}

// ---- the stream ------------------------------------------------------------------------------------------------------------
static size_t char_bytes(const struct serial *s) { return s->unit->format.bits > 8 ? 2 : 1; }

static bool is_readable(void *data) { return uart_readable(((struct serial *)data)->unit); }
static bool has_room(void *data) { return uart_put_room(((struct serial *)data)->unit) > 0; }
static bool has_left(void *data) { return ((struct serial *)data)->unit->out.n == 0; }
static bool is_done(void *data) { return uart_done(((struct serial *)data)->unit); }

static ptrdiff_t uart_read(obj_t self, void *data, size_t len, int *error) {
    struct serial *s = self_enabled(self);
    size_t width = char_bytes(s);
    uint8_t *out = data;
    if (len == 0) return 0;
    if (len % width) {
        *error = EINVAL;
        return -1;
    }
    if (!bridge_wait_for(is_readable, s, bus_deadline(s->timeout))) {
        *error = EAGAIN;
        return -1;
    }
    size_t done = 0;
    do {
        uint16_t c;
        if (!uart_get(s->unit, &c)) break;
        out[done] = (uint8_t)c;
        if (width == 2) out[done + 1] = (uint8_t)(c >> 8);
        done += width;
    } while (done < len && bridge_wait_for(is_readable, s, bus_deadline(s->timeout_char)));
    return (ptrdiff_t)done;
}

static ptrdiff_t uart_write(obj_t self, const void *data, size_t len, int *error) {
    struct serial *s = self_enabled(self);
    size_t width = char_bytes(s), done = 0;
    const uint8_t *from = data;
    if (len % width) {
        *error = EINVAL;
        return -1;
    }
    for (; done < len; done += width) {
        if (!bridge_wait_for(has_room, s, bus_deadline(done ? s->timeout_char : s->timeout))) break;
        uart_put(s->unit, (uint16_t)(width == 2 ? from[done] | from[done + 1] << 8 : from[done]));
    }
    if (done == len && bus_is_stm()) bridge_wait_for(has_left, s, bus_deadline(s->timeout_char));
    if (done > 0 || len == 0) return (ptrdiff_t)done;
    *error = EAGAIN;
    return -1;
}

static ptrdiff_t uart_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct serial *s = self_serial(self);
    if (request == STREAM_POLL) {
        ptrdiff_t ready = 0;
        if ((arg & STREAM_READABLE) && uart_readable(s->unit)) ready |= STREAM_READABLE;
        if ((arg & STREAM_WRITABLE) && s->unit->on && has_room(s)) ready |= STREAM_WRITABLE;
        return ready;
    }
    if (request == STREAM_FLUSH) {
        uint64_t need = uart_char_ns(s->unit) * (s->unit->out.n + 3) * 2 + 20 * NS_PER_MS;
        if (!s->enabled || bridge_wait_for(is_done, s, clock_now() + need)) return 0;
        *error = ETIMEDOUT;
        return -1;
    }
    *error = EINVAL;
    return -1;
}

static obj_t uart_any(obj_t self) { return int_from((intptr_t)(uart_available(self_serial(self)->unit) * char_bytes(self_serial(self)))); }
BUILTIN_1(uart_any_fn, uart_any);

static obj_t uart_txdone(obj_t self) { return obj_bool(uart_done(self_serial(self)->unit)); }
BUILTIN_1(uart_txdone_fn, uart_txdone);

static obj_t uart_sendbreak(obj_t self) {
    struct serial *s = self_enabled(self);
    uart_break(s->unit);
    if (!bus_is_stm()) bridge_wait_for(is_done, s, clock_now() + uart_char_ns(s->unit) * (s->unit->out.n + 4));
    return OBJ_NONE;
}
BUILTIN_1(uart_sendbreak_fn, uart_sendbreak);

static obj_t uart_readchar(obj_t self) {
    struct serial *s = self_enabled(self);
    uint16_t c;
    bridge_wait_for(is_readable, s, bus_deadline(s->timeout));
    return OBJ_INT(uart_get(s->unit, &c) ? c : -1);
}
BUILTIN_1(uart_readchar_fn, uart_readchar);

static obj_t uart_writechar(obj_t self, obj_t c) {
    struct serial *s = self_enabled(self);
    uint16_t code = (uint16_t)obj_get_int(c);
    uint32_t timeout = s->timeout > s->timeout_char ? s->timeout : s->timeout_char;
    if (!bridge_wait_for(has_room, s, bus_deadline(timeout))) raise_os(ETIMEDOUT);
    uart_put(s->unit, code);
    if (!bridge_wait_for(has_left, s, bus_deadline(timeout))) raise_os(ETIMEDOUT);
    return OBJ_NONE;
}
BUILTIN_2(uart_writechar_fn, uart_writechar);

// ---- irq -------------------------------------------------------------------------------------------------------------------
static const struct { uint32_t python; unsigned event; } triggers[] = {
    {0x10, UART_RX_IDLE}, {0x20, UART_RX}, {0x40, UART_TX_IDLE}, {0x100, UART_BREAK}};

static uint32_t events_python(unsigned events) {
    uint32_t bits = 0;
    for (int i = 0; i < 4; i++)
        if (events & triggers[i].event) bits |= triggers[i].python;
    return bits;
}

static void trigger_set(void *data, uint32_t trigger) {
    struct serial *s = data;
    unsigned events = 0;
    for (int i = 0; i < 4; i++)
        if (trigger & triggers[i].python) events |= triggers[i].event;
    if (bus_is_stm()) events &= UART_RX | UART_RX_IDLE;
    if (events_python(events) != trigger) raise_format(&type_ValueError, "trigger 0x%x unsupported", (unsigned)trigger);
    s->unit->pending &= events;
    s->unit->trigger = events;
}

static uint32_t irq_flags(void *data) { return events_python(((struct serial *)data)->last_events); }
static uint32_t irq_trigger(void *data) { return events_python(((struct serial *)data)->unit->trigger); }
static const struct irq_source uart_irq_source = {irq_flags, irq_trigger, trigger_set};

static obj_t uart_irq(size_t n, size_t kw, const obj_t *args) {
    enum { ARG_HANDLER, ARG_TRIGGER, ARG_HARD };
    static const struct arg_spec spec[] = {
        {Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}}, {Q_trigger, ARG_INT, 0, {.i = 0}}, {Q_hard, ARG_BOOL, 0, {.b = false}}};
    union arg_value v[3];
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    struct serial *s = self_serial(args[0]);
    if (!s->irq) s->irq = irq_object_new(args[0], &s->handler, &uart_irq_source, s);
    if (n == 1 && kw == 0) return s->irq;
    obj_t function = v[ARG_HANDLER].obj;
    if (function != OBJ_NONE && !obj_is_callable(function)) raise_message(&type_ValueError, "handler must be None or callable");
    trigger_set(s, function == OBJ_NONE ? 0 : (uint32_t)v[ARG_TRIGGER].i);
    handler_set(&s->handler, function, args[0], v[ARG_HARD].b);
    return s->irq;
}
BUILTIN_KW(uart_irq_fn, 1, 255, uart_irq);

// ---- the class -------------------------------------------------------------------------------------------------------------
#define SHARED_MEMBERS                                                                                                                    \
    MEMBER(init, &uart_init_fn), MEMBER(deinit, &uart_deinit_fn), MEMBER(any, &uart_any_fn), MEMBER(read, &stream_read_fn),              \
        MEMBER(readline, &stream_readline_fn), MEMBER(readinto, &stream_readinto_fn), MEMBER(write, &stream_write_fn),                   \
        MEMBER(sendbreak, &uart_sendbreak_fn), MEMBER(flush, &stream_flush_fn), MEMBER(txdone, &uart_txdone_fn),                         \
        MEMBER(irq, &uart_irq_fn), MEMBER(RTS, OBJ_INT(FLOW_RTS)), MEMBER(CTS, OBJ_INT(FLOW_CTS)),                                        \
        MEMBER(IRQ_RXIDLE, OBJ_INT(0x10)), MEMBER(IRQ_RX, OBJ_INT(0x20))
static const struct map_slot stm_members[] = {SHARED_MEMBERS, MEMBER(readchar, &uart_readchar_fn), MEMBER(writechar, &uart_writechar_fn)};
static const struct map_slot other_members[] = {SHARED_MEMBERS, MEMBER(IRQ_TXIDLE, OBJ_INT(0x40)), MEMBER(IRQ_BREAK, OBJ_INT(0x100)),
    MEMBER(INV_TX, OBJ_INT(INVERT_TX)), MEMBER(INV_RX, OBJ_INT(INVERT_RX))};
static FIXED_DICT(uart_dict, other_members);
static const struct stream_ops uart_stream = {uart_read, uart_write, uart_ioctl, false};
static const struct type_ops uart_ops = {
    .print = uart_print, .construct = uart_construct, .iter = iter_self, .next = stream_next, .stream = &uart_stream};
const struct type type_machine_uart = {
    .type = &type_type, .name = Q_UART, .flags = TYPE_SELF_ITER, .ops = &uart_ops, .members = &uart_dict};

void machine_uart_board(bool is_stm) {
    if (is_stm) bus_member_table(&uart_dict, stm_members, sizeof stm_members / sizeof *stm_members);
    else bus_member_table(&uart_dict, other_members, sizeof other_members / sizeof *other_members);
}
