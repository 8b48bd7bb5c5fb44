// SPDX-License-Identifier: MIT
// USB as pyb shows it: USB_VCP, USB_HID, usb_mode() and the older functions.
//
// Invariants
//  - The serial port of the board is the console of this program: what is written comes out there. Bytes for the program come from
//    pyb_usb_input, which a port sets when it serves a line; without one nothing ever arrives.
//  - No host takes human interface reports or storage blocks: they are accepted as by a host that does not listen.
#include "emu/modules/pyb.h"
#include "emu/modules/pyb_usb.h"
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

#include <errno.h>

enum { RTS = 1, CTS = 2, IRQ_RX = 1, DEFAULT_TIMEOUT_MS = 5000, PIECE = 64 };

size_t (*pyb_usb_input)(void *data, size_t len);
static const struct object the_vcp = {&type_pyb_usb_vcp}, the_hid = {&type_pyb_usb_hid};

static const char *const usb_modes[] = {"VCP+MSC", "VCP", "MSC", "VCP+HID"};
static const char *const usb_modes_old[] = {"CDC+MSC", "CDC", "MSC", "CDC+HID"};
enum { USB_MODES = sizeof usb_modes / sizeof usb_modes[0] };
static int usb_mode; // index; -1: off

// ---- modes --------------------------------------------------------------------------------------------------------------------
static bool mode_has(const char *part) { return usb_mode >= 0 && strstr(usb_modes[usb_mode], part); }

static obj_t pyb_usb_mode(size_t n, size_t kw, const obj_t *args) {
    if (n == 0 && kw == 0) return usb_mode < 0 ? OBJ_NONE : str_new_rom(usb_modes[usb_mode]);
    const struct arg_spec spec[] = {{Q_mode, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NONE}}, {Q_port, ARG_INT, ARG_KW_ONLY, {.i = -1}},
        {Q_vid, ARG_INT, ARG_KW_ONLY, {.i = 0xf055}}, {Q_pid, ARG_INT, ARG_KW_ONLY, {.i = -1}},
        {Q_msc, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_EMPTY_TUPLE}},
        {Q_hid, ARG_OBJ, ARG_KW_ONLY, {.obj = OBJ_PTR(&pyb_hid_mouse)}}, {Q_high_speed, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[7];
    args_parse(n, kw, args, 7, spec, v);
    obj_t *items;
    seq_items_of_length(v[5].obj, 5, &items);
    if (v[0].obj == OBJ_NONE) {
        usb_mode = -1;
        return OBJ_NONE;
    }
    const char *text = str_data(v[0].obj, NULL);
    for (int i = 0; i < USB_MODES; i++)
        if (strcmp(usb_modes[i], text) == 0 || strcmp(usb_modes_old[i], text) == 0) {
            usb_mode = i;
            return OBJ_NONE;
        }
    raise_message(&type_ValueError, "bad USB mode");
}
const struct builtin pyb_usb_mode_fn = {BUILTIN_TYPE(FORM_KW), FORM_KW, 0, 255, 0, {.kw = pyb_usb_mode}};

static obj_t pyb_have_cdc(void) { return obj_bool(mode_has("VCP")); }
const struct builtin pyb_have_cdc_fn = {BUILTIN_TYPE(FORM_0), FORM_0, 0, 0, 0, {.f0 = pyb_have_cdc}};

// Report descriptors by the USB HID specification 1.11, appendix E: three buttons, x, y and wheel; a keyboard of the boot protocol
static const char mouse_report[] =
    "\x05\x01\x09\x02\xa1\x01\x09\x01\xa1\x00\x05\x09\x19\x01\x29\x03\x15\x00\x25\x01\x95\x03\x75\x01"
    "\x81\x02\x95\x01\x75\x05\x81\x01\x05\x01\x09\x30\x09\x31\x09\x38\x15\x81\x25\x7f\x75\x08\x95\x03"
    "\x81\x06\xc0\xc0";
static const char keyboard_report[] =
    "\x05\x01\x09\x06\xa1\x01\x05\x07\x19\xe0\x29\xe7\x15\x00\x25\x01\x75\x01\x95\x08\x81\x02\x95\x01"
    "\x75\x08\x81\x01\x95\x05\x75\x01\x05\x08\x19\x01\x29\x05\x91\x02\x95\x01\x75\x03\x91\x01\x95\x06"
    "\x75\x08\x15\x00\x25\x65\x05\x07\x19\x00\x29\x65\x81\x00\xc0";
static const struct str mouse_bytes = {&type_bytes, 0, sizeof mouse_report - 1, mouse_report};
static const struct str keyboard_bytes = {&type_bytes, 0, sizeof keyboard_report - 1, keyboard_report};
const struct pyb_tuple5 pyb_hid_mouse = {&type_tuple, 5, {OBJ_INT(1), OBJ_INT(2), OBJ_INT(4), OBJ_INT(8), OBJ_PTR(&mouse_bytes)}};
const struct pyb_tuple5 pyb_hid_keyboard = {&type_tuple, 5, {OBJ_INT(1), OBJ_INT(1), OBJ_INT(8), OBJ_INT(8), OBJ_PTR(&keyboard_bytes)}};

// ---- USB_VCP ------------------------------------------------------------------------------------------------------------------
static struct {
    uint8_t data[PIECE]; // bytes that any() has seen
    size_t len;
} pending;
static obj_t vcp_handler;

static size_t input(void *data, size_t len) { return pyb_usb_input ? pyb_usb_input(data, len) : 0; }

static size_t take(uint8_t *data, size_t len) {
    size_t n = pending.len < len ? pending.len : len;
    memcpy(data, pending.data, n);
    memmove(pending.data, pending.data + n, pending.len - n);
    pending.len -= n;
    if (n < len) n += input(data + n, len - n);
    return n;
}

static bool vcp_any(void) {
    if (pending.len == 0) pending.len = input(pending.data, sizeof pending.data);
    return pending.len > 0;
}

static ptrdiff_t vcp_read(obj_t self, void *data, size_t len, int *error) {
    (void)self;
    if (len == 0) return 0;
    size_t n = take(data, len);
    if (n) return (ptrdiff_t)n;
    *error = EAGAIN;
    return -1;
}

static ptrdiff_t vcp_write(obj_t self, const void *data, size_t len, int *error) {
    (void)self, (void)error;
    print_bytes(&printer_stdout, data, len);
    return (ptrdiff_t)len;
}

static ptrdiff_t vcp_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    (void)self;
    if (request == STREAM_POLL) return (ptrdiff_t)((arg & STREAM_WRITABLE) | (vcp_any() ? arg & STREAM_READABLE : 0));
    if (request == STREAM_CLOSE || request == STREAM_FLUSH) return 0;
    *error = EINVAL;
    return -1;
}

static obj_t vcp_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type;
    args_check(n, kw, 0, 1, false);
    intptr_t id = n ? obj_get_int(args[0]) : 0;
    if (id != 0) raise_format(&type_ValueError, "USB_VCP(%ld) doesn't exist", (long)id);
    return OBJ_PTR(&the_vcp);
}

static void vcp_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)self, (void)kind;
    print_text(p, "USB_VCP(0)");
}

static obj_t vcp_init(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_flow, ARG_INT, ARG_KW_ONLY, {.i = -1}}};
    union arg_value v[1];
    args_parse(n - 1, kw, args + 1, 1, spec, v);
    return OBJ_NONE;
}

static obj_t vcp_setinterrupt(obj_t self, obj_t character) {
    (void)self;
    rt.keyboard_interrupt = obj_get_int(character) != -1;
    return OBJ_NONE;
}

static obj_t vcp_isconnected(obj_t self) { return (void)self, pyb_have_cdc(); }
static obj_t vcp_any_method(obj_t self) { return (void)self, obj_bool(vcp_any()); }
static obj_t vcp_close(size_t n, const obj_t *args) { return (void)n, (void)args, OBJ_NONE; }

// recv(data, *, timeout): an integer makes a new buffer, a buffer is filled; the time is that of the wait for all of it.
static obj_t recv_into(obj_t target, intptr_t timeout_ms) {
    bool makes = obj_is_int(target);
    if (makes && obj_int(target) < 0) raise_type(&type_ValueError);
    obj_t into = makes ? bytearray_new((size_t)obj_int(target), NULL) : target;
    if (timeout_ms > INT32_MAX) timeout_ms = INT32_MAX;
    uint64_t end = clock_now() + (uint64_t)(timeout_ms < 0 ? 0 : timeout_ms) * NS_PER_MS;
    struct buffer b;
    obj_buffer(into, &b, BUFFER_WRITE);
    size_t done = 0, wanted = b.len;
    while (done < wanted) {
        obj_buffer(into, &b, BUFFER_WRITE);
        if (b.len < wanted) wanted = b.len;
        if (done < wanted) done += take((uint8_t *)b.data + done, wanted - done);
        if (done >= wanted || clock_now() >= end) break;
        uint64_t step = clock_now() + NS_PER_MS;
        bridge_wait_until(step < end ? step : end);
    }
    if (!makes) return int_from((intptr_t)done);
    obj_buffer(into, &b, BUFFER_READ);
    return bytes_new(b.data, done < b.len ? done : b.len);
}

static obj_t vcp_recv(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                    {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = DEFAULT_TIMEOUT_MS}}};
    union arg_value v[2];
    args_parse(n - 1, kw, args + 1, 2, spec, v);
    return recv_into(v[0].obj, v[1].i);
}

static obj_t vcp_send(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                    {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = DEFAULT_TIMEOUT_MS}}};
    union arg_value v[2];
    args_parse(n - 1, kw, args + 1, 2, spec, v);
    char one;
    struct buffer b = {&one, 1, 'B'};
    if (obj_is_int(v[0].obj)) one = (char)obj_int(v[0].obj);
    else obj_buffer(v[0].obj, &b, BUFFER_READ);
    print_bytes(&printer_stdout, b.data, b.len);
    return int_from((intptr_t)b.len);
}

static obj_t vcp_irq(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_handler, ARG_OBJ, 0, {.obj = OBJ_NONE}}, {Q_trigger, ARG_INT, 0, {.i = 0}},
                                    {Q_hard, ARG_BOOL, 0, {.b = false}}};
    union arg_value v[3];
    args_parse(n - 1, kw, args + 1, 3, spec, v);
    if (v[0].obj != OBJ_NONE && !obj_is_callable(v[0].obj)) raise_message(&type_ValueError, "handler must be None or callable");
    if (v[1].i & ~(intptr_t)IRQ_RX) raise_format(&type_ValueError, "trigger 0x%04lx unsupported", (long)v[1].i);
    bridge_root(&vcp_handler);
    vcp_handler = v[0].obj == OBJ_NONE ? OBJ_NULL : v[0].obj;
    return OBJ_NONE;
}

void pyb_usb_arrived(void) {
    if (vcp_handler) schedule(vcp_handler, OBJ_PTR(&the_vcp));
}

BUILTIN_KW(vcp_init_fn, 1, 255, vcp_init);
BUILTIN_2(vcp_setinterrupt_fn, vcp_setinterrupt);
BUILTIN_1(vcp_isconnected_fn, vcp_isconnected);
BUILTIN_1(vcp_any_fn, vcp_any_method);
BUILTIN_VAR(vcp_close_fn, 1, 4, vcp_close);
BUILTIN_KW(vcp_recv_fn, 1, 255, vcp_recv);
BUILTIN_KW(vcp_send_fn, 1, 255, vcp_send);
BUILTIN_KW(vcp_irq_fn, 1, 255, vcp_irq);
static const struct map_slot vcp_members[] = {
    MEMBER(init, &vcp_init_fn),
    MEMBER(setinterrupt, &vcp_setinterrupt_fn),
    MEMBER(isconnected, &vcp_isconnected_fn),
    MEMBER(any, &vcp_any_fn),
    MEMBER(send, &vcp_send_fn),
    MEMBER(recv, &vcp_recv_fn),
    MEMBER(irq, &vcp_irq_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(readlines, &stream_readlines_fn),
    MEMBER(write, &stream_write_fn),
    MEMBER(close, &vcp_close_fn),
    MEMBER(__enter__, &stream_enter_fn),
    MEMBER(__exit__, &vcp_close_fn),
    MEMBER(RTS, OBJ_INT(RTS)),
    MEMBER(CTS, OBJ_INT(CTS)),
    MEMBER(IRQ_RX, OBJ_INT(IRQ_RX)),
};
static FIXED_DICT(vcp_dict, vcp_members);
static const struct stream_ops vcp_stream = {vcp_read, vcp_write, vcp_ioctl, false};
static const struct type_ops vcp_ops = {.print = vcp_print, .construct = vcp_construct, .iter = iter_self, .next = stream_next,
                                        .stream = &vcp_stream};
const struct type type_pyb_usb_vcp = {.type = &type_type, .name = Q_USB_VCP, .flags = TYPE_TRUE | TYPE_SELF_ITER, .ops = &vcp_ops,
                                      .members = &vcp_dict};

// ---- USB_HID ------------------------------------------------------------------------------------------------------------------
static obj_t hid_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    (void)type, (void)args;
    args_check(n, kw, 0, 0, false);
    return OBJ_PTR(&the_hid);
}

static void report_check(obj_t data) { // a buffer, or integers of one byte each
    struct buffer b;
    if (obj_buffer_maybe(data, &b, BUFFER_READ)) return;
    size_t n;
    obj_t *items;
    seq_items(data, &n, &items);
    if (n > PIECE) raise_message(&type_ValueError, "tuple/list too large for HID report; use bytearray instead");
    for (size_t i = 0; i < n; i++) {
        seq_items(data, &n, &items);
        if (i < n) obj_get_int_truncated(items[i]);
    }
}

// Nobody takes the report: as many bytes as were sent, that is none.
static obj_t hid_send(obj_t self, obj_t data) {
    (void)self;
    report_check(data);
    return OBJ_INT(0);
}

static obj_t hid_recv(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
                                    {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = DEFAULT_TIMEOUT_MS}}};
    union arg_value v[2];
    struct buffer b;
    args_parse(n - 1, kw, args + 1, 2, spec, v);
    if (obj_is_int(v[0].obj)) obj_get_int(v[0].obj);
    else obj_buffer(v[0].obj, &b, BUFFER_WRITE);
    if (v[1].i > 0) bridge_wait((uint64_t)(v[1].i > INT32_MAX ? INT32_MAX : v[1].i) * NS_PER_MS);
    raise_os(ETIMEDOUT);
}

static obj_t pyb_hid(obj_t data) {
    obj_t *items;
    seq_items_of_length(data, 4, &items);
    report_check(data);
    return OBJ_NONE;
}
const struct builtin pyb_hid_fn = {BUILTIN_TYPE(FORM_1), FORM_1, 1, 1, 0, {.f1 = pyb_hid}};

BUILTIN_2(hid_send_fn, hid_send);
BUILTIN_KW(hid_recv_fn, 1, 255, hid_recv);
static const struct map_slot hid_members[] = {MEMBER(send, &hid_send_fn), MEMBER(recv, &hid_recv_fn)};
static FIXED_DICT(hid_dict, hid_members);
static const struct type_ops hid_ops = {.construct = hid_construct};
const struct type type_pyb_usb_hid = {.type = &type_type, .name = Q_USB_HID, .flags = TYPE_TRUE, .ops = &hid_ops, .members = &hid_dict};
