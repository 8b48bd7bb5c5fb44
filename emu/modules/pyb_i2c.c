// SPDX-License-Identifier: MIT
// pyb.I2C: the older class, as controller or as peripheral.
//
// Invariants
//  - One record for each unit; an I2C object names it, and shows the settings of the last init().
//  - The bus is worked by the same code as machine.I2C; whatever goes wrong there is EIO here, but for time that is up.
#include "emu/modules/i2c_unit.h"
#include "heap/heap.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/types.h"
#include "run/call.h"
#include "run/raise.h"

#include <errno.h>

enum { MODE_OFF = -1, MODE_CONTROLLER = 0, MODE_PERIPHERAL = 1, NO_ADDRESS = -1 };

struct old_i2c {
    struct i2c_unit *unit;
    int mode;
    struct i2c_target target;
    struct old_i2c *next;
};
struct pyb_i2c_object { // 2 words
    const struct type *type;
    struct old_i2c *i2c;
};
static struct old_i2c *all;

static void all_stop(void) {
    while (all) {
        struct old_i2c *i = all;
        all = i->next;
        emu_free(i);
    }
}
static struct emu_unit unit = {all_stop, NULL, false};

static struct old_i2c *old_of(struct i2c_unit *u) {
    for (struct old_i2c *i = all; i; i = i->next)
        if (i->unit == u) return i;
    emu_unit_add(&unit);
    struct old_i2c *i = emu_new(sizeof *i);
    i->unit = u;
    i->mode = MODE_OFF;
    i->next = all;
    all = i;
    return i;
}

static struct old_i2c *self_i2c(obj_t self) { return ((struct pyb_i2c_object *)self)->i2c; }

static struct old_i2c *self_controller(obj_t self) {
    struct old_i2c *i = self_i2c(self);
    if (i->mode != MODE_CONTROLLER) raise_message(&type_TypeError, "I2C must be a controller");
    return i;
}

// ---- making ----------------------------------------------------------------------------------------------------------------
static void nobody(void *data) { (void)data; } // the program asks, it is not told

static void i2c_setup(struct old_i2c *i, size_t n, size_t kw, const obj_t *args) {
    enum { ARG_MODE, ARG_ADDR, ARG_BAUDRATE, ARG_GENCALL, ARG_DMA, ARGS };
    static const struct arg_spec spec[] = {{Q_mode, ARG_INT, 0, {.i = MODE_CONTROLLER}}, {Q_addr, ARG_INT, ARG_KW_ONLY, {.i = 0x12}},
        {Q_baudrate, ARG_INT, ARG_KW_ONLY, {.i = 400000}}, {Q_gencall, ARG_BOOL, ARG_KW_ONLY, {.b = false}},
        {Q_dma, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[ARGS];
    args_parse(n, kw, args, ARGS, spec, v);
    if (v[ARG_MODE].i != MODE_CONTROLLER && v[ARG_MODE].i != MODE_PERIPHERAL) raise_message(&type_ValueError, "invalid mode");
    if (v[ARG_BAUDRATE].i < 1 || v[ARG_BAUDRATE].i > 400000) raise_message(&type_ValueError, "baudrate must be from 1 to 400000");
    i2c_target_stop(&i->target);
    i2c_unit_setup(i->unit, NULL, NULL, (uint32_t)v[ARG_BAUDRATE].i, 5000000);
    i->mode = (int)v[ARG_MODE].i;
    if (i->mode == MODE_CONTROLLER) return;
    i->target.address = (uint16_t)(v[ARG_ADDR].i & 0x7f);
    i->target.general_call = v[ARG_GENCALL].b;
    i->target.depth = 1;
    i->target.trigger = 0;
    i->target.notify = nobody;
    i2c_target_start(&i->target, i->unit->controller.scl->net, i->unit->controller.sda->net);
}

static obj_t pyb_i2c_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_check(n, kw, 1, 255, true);
    struct old_i2c *i = old_of(i2c_unit_of(bus_of("I2C", args[0])));
    struct pyb_i2c_object *self = heap_new(2, 0, HEAP_REFS);
    self->type = type;
    self->i2c = i;
    if (n > 1 || kw > 0) i2c_setup(i, n - 1, kw, args + 1);
    return OBJ_PTR(self);
}

static obj_t pyb_i2c_init(size_t n, size_t kw, const obj_t *args) {
    i2c_setup(self_i2c(args[0]), n - 1, kw, args + 1);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_i2c_init_fn, 1, 255, pyb_i2c_init);

static obj_t pyb_i2c_deinit(obj_t self) {
    struct old_i2c *i = self_i2c(self);
    i2c_target_stop(&i->target);
    i2c_unit_release(i->unit);
    i->mode = MODE_OFF;
    return OBJ_NONE;
}
BUILTIN_1(pyb_i2c_deinit_fn, pyb_i2c_deinit);

static void pyb_i2c_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    struct old_i2c *i = self_i2c(self);
    int number = i->unit->bus->number;
    if (i->mode == MODE_OFF) print_format(p, "I2C(%d)", number);
    else if (i->mode == MODE_CONTROLLER)
        print_format(p, "I2C(%d, I2C.CONTROLLER, baudrate=%u)", number, (unsigned)i2c_unit_speed(i->unit->freq));
    else print_format(p, "I2C(%d, I2C.PERIPHERAL, addr=0x%02x)", number, i->target.address);
}

// ---- controller ------------------------------------------------------------------------------------------------------------
static void raise_failure(ptrdiff_t r) {
    if (r < 0) raise_os(r == -ETIMEDOUT || r == -EBUSY ? (int)-r : EIO);
}

static void timeout_set(struct old_i2c *i, intptr_t ms) { i->unit->controller.stretch_ns = (uint64_t)(ms < 0 ? 0 : ms) * NS_PER_MS; }

static bool answers(struct old_i2c *i, int address) {
    ptrdiff_t r = i2c_transfer(i->unit, (unsigned)address, 0, NULL, I2C_STOP);
    if (r < 0 && r != -ENODEV) raise_failure(r);
    return r == 0;
}

static unsigned get_address(intptr_t a) {
    if (a < 0 || a > 127) raise_message(&type_ValueError, "invalid I2C address");
    return (unsigned)a;
}

static obj_t pyb_i2c_is_ready(obj_t self, obj_t address) {
    struct old_i2c *i = self_controller(self);
    timeout_set(i, 200);
    return obj_bool(answers(i, (int)get_address(obj_get_int(address))));
}
BUILTIN_2(pyb_i2c_is_ready_fn, pyb_i2c_is_ready);

static obj_t pyb_i2c_scan(obj_t self) {
    struct old_i2c *i = self_controller(self);
    timeout_set(i, 200);
    obj_t found = list_new(0, NULL);
    for (int a = 1; a <= 127; a++)
        if (answers(i, a)) list_append(found, OBJ_INT(a));
    return found;
}
BUILTIN_1(pyb_i2c_scan_fn, pyb_i2c_scan);

enum { ARG_DATA, ARG_ADDRESS, ARG_TIMEOUT, DATA_ARGS };
static void data_parse(qstr_t name, size_t n, size_t kw, const obj_t *args, union arg_value *v) {
    struct arg_spec spec[] = {{name, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_addr, ARG_INT, 0, {.i = NO_ADDRESS}},
        {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}}};
    args_parse(n - 1, kw, args + 1, DATA_ARGS, spec, v);
}

static void need_on(const struct old_i2c *i) {
    if (i->mode == MODE_OFF) raise_os(EIO);
}

static unsigned controller_address(const union arg_value *v) {
    if (v[ARG_ADDRESS].i == NO_ADDRESS) raise_message(&type_TypeError, "addr argument required");
    return get_address(v[ARG_ADDRESS].i);
}

// A target's transfer, byte by byte, as the controller at the other end asks for it.
static bool can_receive(void *data) { return ((struct old_i2c *)data)->target.n_received > 0; }
static bool can_send(void *data) {
    struct i2c_target *t = &((struct old_i2c *)data)->target;
    return t->reading && t->n_sending < t->depth;
}

static void peripheral_receive(struct old_i2c *i, uint8_t *to, size_t len, uint64_t deadline) {
    for (size_t k = 0; k < len; k++) {
        if (!bridge_wait_for(can_receive, i, deadline)) raise_os(ETIMEDOUT);
        i2c_target_receive(&i->target, to + k, 1);
    }
}

static bool all_sent(void *data) {
    struct i2c_target *t = &((struct old_i2c *)data)->target;
    return !t->reading || t->n_sending == 0;
}

static void peripheral_send(struct old_i2c *i, const uint8_t *from, size_t len, uint64_t deadline) {
    for (size_t k = 0; k < len; k++) {
        if (!bridge_wait_for(can_send, i, deadline)) raise_os(ETIMEDOUT);
        i2c_target_send(&i->target, from + k, 1);
    }
    if (!bridge_wait_for(all_sent, i, deadline)) raise_os(ETIMEDOUT);
}

static obj_t pyb_i2c_send(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[DATA_ARGS];
    uint8_t byte;
    data_parse(Q_send, n, kw, args, v);
    struct old_i2c *i = self_i2c(args[0]);
    need_on(i);
    struct buffer data = bus_data(v[ARG_DATA].obj, &byte);
    if (i->mode == MODE_PERIPHERAL) {
        peripheral_send(i, data.data, data.len, bus_deadline(v[ARG_TIMEOUT].i));
        return OBJ_NONE;
    }
    timeout_set(i, v[ARG_TIMEOUT].i);
    struct i2c_piece piece = {data.data, data.len};
    ptrdiff_t done = i2c_transfer(i->unit, controller_address(v), 1, &piece, I2C_STOP);
    raise_failure(done);
    if ((size_t)done < data.len) raise_os(EIO);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_i2c_send_fn, 1, 255, pyb_i2c_send);

static obj_t pyb_i2c_recv(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[DATA_ARGS];
    data_parse(Q_recv, n, kw, args, v);
    struct old_i2c *i = self_i2c(args[0]);
    need_on(i);
    struct bus_room room = bus_room(v[ARG_DATA].obj);
    if (i->mode == MODE_PERIPHERAL) {
        peripheral_receive(i, room.data, room.len, bus_deadline(v[ARG_TIMEOUT].i));
        return bus_received(&room);
    }
    timeout_set(i, v[ARG_TIMEOUT].i);
    struct i2c_piece piece = {room.data, room.len};
    raise_failure(i2c_transfer(i->unit, controller_address(v), 1, &piece, I2C_READING | I2C_STOP));
    return bus_received(&room);
}
BUILTIN_KW(pyb_i2c_recv_fn, 1, 255, pyb_i2c_recv);

// ---- memories --------------------------------------------------------------------------------------------------------------
enum { MEM_DATA, MEM_ADDRESS, MEM_PLACE, MEM_TIMEOUT, MEM_ADDR_SIZE, MEM_ARGS };
static const struct arg_spec mem_spec[] = {{Q_data, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_addr, ARG_INT, ARG_REQUIRED, {.i = 0}},
    {Q_memaddr, ARG_INT, ARG_REQUIRED, {.i = 0}}, {Q_timeout, ARG_INT, ARG_KW_ONLY, {.i = 5000}},
    {Q_addr_size, ARG_INT, ARG_KW_ONLY, {.i = 8}}};

static struct i2c_piece mem_begin(struct old_i2c *i, const union arg_value *v, uint8_t bytes[2]) {
    timeout_set(i, v[MEM_TIMEOUT].i);
    bool wide = v[MEM_ADDR_SIZE].i == 16;
    bytes[0] = (uint8_t)(wide ? v[MEM_PLACE].i >> 8 : v[MEM_PLACE].i);
    bytes[1] = (uint8_t)v[MEM_PLACE].i;
    return (struct i2c_piece){bytes, wide ? 2 : 1};
}

static obj_t pyb_i2c_mem_read(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[MEM_ARGS];
    uint8_t bytes[2];
    struct old_i2c *i = self_controller(args[0]);
    args_parse(n - 1, kw, args + 1, MEM_ARGS, mem_spec, v);
    unsigned address = get_address(v[MEM_ADDRESS].i);
    struct bus_room room = bus_room(v[MEM_DATA].obj);
    struct i2c_piece place = mem_begin(i, v, bytes), to = {room.data, room.len};
    ptrdiff_t done = i2c_transfer(i->unit, address, 1, &place, 0);
    raise_failure(done);
    if ((size_t)done < place.len) {
        i2c_stop(&i->unit->controller);
        raise_os(EIO);
    }
    raise_failure(i2c_transfer(i->unit, address, 1, &to, I2C_READING | I2C_STOP));
    return bus_received(&room);
}
BUILTIN_KW(pyb_i2c_mem_read_fn, 1, 255, pyb_i2c_mem_read);

static obj_t pyb_i2c_mem_write(size_t n, size_t kw, const obj_t *args) {
    union arg_value v[MEM_ARGS];
    uint8_t bytes[2], byte;
    struct old_i2c *i = self_controller(args[0]);
    args_parse(n - 1, kw, args + 1, MEM_ARGS, mem_spec, v);
    struct buffer data = bus_data(v[MEM_DATA].obj, &byte);
    struct i2c_piece pieces[] = {mem_begin(i, v, bytes), {data.data, data.len}};
    ptrdiff_t done = i2c_transfer(i->unit, get_address(v[MEM_ADDRESS].i), 2, pieces, I2C_STOP);
    raise_failure(done);
    if ((size_t)done < pieces[0].len + data.len) raise_os(EIO);
    return OBJ_NONE;
}
BUILTIN_KW(pyb_i2c_mem_write_fn, 1, 255, pyb_i2c_mem_write);

static const struct map_slot pyb_i2c_members[] = {
    MEMBER(init, &pyb_i2c_init_fn),
    MEMBER(deinit, &pyb_i2c_deinit_fn),
    MEMBER(is_ready, &pyb_i2c_is_ready_fn),
    MEMBER(scan, &pyb_i2c_scan_fn),
    MEMBER(send, &pyb_i2c_send_fn),
    MEMBER(recv, &pyb_i2c_recv_fn),
    MEMBER(mem_read, &pyb_i2c_mem_read_fn),
    MEMBER(mem_write, &pyb_i2c_mem_write_fn),
    MEMBER(CONTROLLER, OBJ_INT(MODE_CONTROLLER)),
    MEMBER(PERIPHERAL, OBJ_INT(MODE_PERIPHERAL)),
    MEMBER(MASTER, OBJ_INT(MODE_CONTROLLER)),
    MEMBER(SLAVE, OBJ_INT(MODE_PERIPHERAL)),
};
static FIXED_DICT(pyb_i2c_dict, pyb_i2c_members);
static const struct type_ops pyb_i2c_ops = {.print = pyb_i2c_print, .construct = pyb_i2c_construct};
const struct type type_pyb_i2c = {
    .type = &type_type, .name = Q_I2C, .flags = TYPE_TRUE, .ops = &pyb_i2c_ops, .members = &pyb_i2c_dict};
