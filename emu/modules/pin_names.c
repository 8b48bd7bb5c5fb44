// SPDX-License-Identifier: MIT
// Names of pins: Pin.board, Pin.cpu, the members of Pin on this board, alternate functions, and from any identifier to a pin.
//
// Invariants
//  - The classes `board` and `cpu` and the table of Pin's members are made at the first import after each start, in program memory.
//    A built-in board's names are built-in texts (the list below); those of a user's board are interned then, which costs heap.
//  - The order of the search on a pyboard: a Pin, the mapper function, the mapper dictionary, board names, chip names.
#include "emu/chip/alternate.h"
#include "emu/modules/pin.h"
#include "emu/modules/pin_methods.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"

#include <stdio.h>

static obj_t names_made;                 // OBJ_TRUE since the last start
static obj_t pin_mapper, pin_dictionary; // of the program, on a pyboard
static bool pin_debugging;

// ---- from identifiers to pins --------------------------------------------------------------------------------------------
static struct gpio *by_name(const char *name) {
    const struct board_pin *p = board_pin_find(board_current, name);
    return p ? p->gpio : NULL;
}

static struct gpio *by_number(intptr_t number) {
    return number >= 0 && number < 256 && !pin_on_stm() ? gpio_at(0, (int)number) : NULL;
}

static struct gpio *by_port_and_bit(obj_t o) {
    size_t n;
    obj_t *items;
    seq_items(o, &n, &items);
    if (n != 2) return NULL;
    intptr_t port = obj_get_int(items[0]), bit = obj_get_int(items[1]);
    return port < 0 || port > 25 || bit < 0 || bit > 31 ? NULL : gpio_at((int)port, (int)bit);
}

static void debug_say(const char *where, obj_t o) {
    if (!pin_debugging) return;
    struct printer p = printer_stdout;
    print_format(&p, "Pin map passed %s: ", where);
    obj_print(&p, o, PRINT_REPR);
    print_text(&p, "\n");
}

static struct gpio *by_mappers(obj_t o) {
    if (pin_mapper && pin_mapper != OBJ_NONE) {
        obj_t found = call_1(pin_mapper, o);
        if (found != OBJ_NONE) {
            if (!pin_is(found)) raise_message(&type_ValueError, "Pin.mapper didn't return a Pin object");
            debug_say("mapper function", o);
            return ((struct pin *)found)->gpio;
        }
    }
    if (!pin_dictionary || !obj_is_dict(pin_dictionary)) return NULL;
    struct map_slot *slot = map_find(dict_map(pin_dictionary), o);
    if (!slot) return NULL;
    if (!pin_is(slot->value)) raise_message(&type_ValueError, "Pin.dict didn't return a Pin object");
    debug_say("mapper dictionary", o);
    return ((struct pin *)slot->value)->gpio;
}

struct gpio *pin_of_maybe(obj_t o) {
    obj_t native = pin_is(o) ? o : obj_native(o, &type_machine_pin);
    if (native != OBJ_NULL) return ((struct pin *)native)->gpio;
    if (pin_on_stm()) {
        struct gpio *mapped = by_mappers(o);
        if (mapped) return mapped;
    }
    if (obj_is_str(o)) {
        struct gpio *named = by_name(str_data(o, NULL));
        if (named) debug_say("names of the board", o);
        return named;
    }
    if (obj_is_int(o)) return by_number(obj_int(o));
    if (obj_is(o, &type_tuple)) return by_port_and_bit(o);
    return NULL;
}

_Noreturn static void unknown_pin(obj_t o) {
    if (!pin_on_stm() && obj_is_str(o)) raise_format(&type_ValueError, "unknown named pin \"%s\"", str_data(o, NULL));
    if (!pin_on_stm()) raise_message(&type_ValueError, "invalid pin");
    struct text_buffer text;
    text_buffer_init(&text, 32);
    struct printer p = text_buffer_printer(&text);
    print_text(&p, "Pin(");
    obj_print(&p, o, PRINT_STR);
    print_text(&p, ") doesn't exist");
    raise_value(&type_ValueError, text_buffer_str(&text));
}

struct gpio *pin_of(obj_t o) {
    struct gpio *g = pin_of_maybe(o);
    if (!g) unknown_pin(o);
    return g;
}

// ---- Pin.mapper, Pin.dict, Pin.debug ---------------------------------------------------------------------------------------
static obj_t setting(size_t n, const obj_t *args, obj_t *slot) {
    if (n < 2) return *slot ? *slot : OBJ_NONE;
    bridge_root(slot);
    *slot = args[1];
    return OBJ_NONE;
}

static obj_t pin_mapper_do(size_t n, const obj_t *args) { return setting(n, args, &pin_mapper); }
static obj_t pin_dict_do(size_t n, const obj_t *args) { return setting(n, args, &pin_dictionary); }
static obj_t pin_debug_do(size_t n, const obj_t *args) {
    if (n < 2) return obj_bool(pin_debugging);
    pin_debugging = obj_true(args[1]);
    return OBJ_NONE;
}
BUILTIN_VAR(pin_mapper_fn, 1, 2, pin_mapper_do);
BUILTIN_VAR(pin_dict_fn, 1, 2, pin_dict_do);
BUILTIN_VAR(pin_debug_fn, 1, 2, pin_debug_do);
static const struct wrapped mapper_method = {&type_classmethod, (obj_t)&pin_mapper_fn};
static const struct wrapped dict_method = {&type_classmethod, (obj_t)&pin_dict_fn};
static const struct wrapped debug_method = {&type_classmethod, (obj_t)&pin_debug_fn};

// ---- alternate functions -----------------------------------------------------------------------------------------------------
struct pin_af { // on a board in program memory
    const struct type *type;
    const struct alternate *row;
};
static struct pin_af *af_objects; // one for each row; made by pin_start()

static qstr_t af_row_name(const struct alternate *a) {
    char text[24];
    snprintf(text, sizeof text, "AF%d_%.*s", a->af, (int)alternate_unit_len(a), a->signal);
    return intern_text(text);
}

qstr_t pin_af_name(const struct gpio *g, int af) {
    size_t n;
    const struct alternate *a = alternate_of_pin(g, &n);
    for (size_t i = 0; i < n; i++)
        if (a[i].af == af) return af_row_name(&a[i]);
    return 0;
}

static obj_t pin_af_list(obj_t self) {
    size_t n, all;
    const struct alternate *a = alternate_of_pin(pin_of(self), &n);
    obj_t list = list_new(0, NULL);
    for (size_t i = 0; i < n; i++) list_append(list, OBJ_PTR(&af_objects[a + i - alternate_all(&all)]));
    return list;
}
BUILTIN_1(pin_af_list_fn, pin_af_list);

static void af_print(struct printer *p, obj_t self, enum print_kind kind) {
    (void)kind;
    print_format(p, "Pin.%q", af_row_name(((struct pin_af *)self)->row));
}

static obj_t af_index(obj_t self) { return OBJ_INT(((struct pin_af *)self)->row->af); }
static obj_t af_name(obj_t self) { return OBJ_QSTR(af_row_name(((struct pin_af *)self)->row)); }
static obj_t af_reg(obj_t self) { return int_from_u64(alternate_unit_base(((struct pin_af *)self)->row)); }
BUILTIN_1(af_index_fn, af_index);
BUILTIN_1(af_name_fn, af_name);
BUILTIN_1(af_reg_fn, af_reg);
static const struct map_slot af_members[] = {MEMBER(index, &af_index_fn), MEMBER(name, &af_name_fn), MEMBER(reg, &af_reg_fn)};
static FIXED_DICT(af_dict, af_members);
static const struct type_ops af_ops = {.print = af_print};
const struct type type_machine_pin_af = {.type = &type_type, .name = Q_PinAF, .flags = TYPE_TRUE, .ops = &af_ops, .members = &af_dict};

// ---- the members of Pin ------------------------------------------------------------------------------------------------------
static const struct map_slot stm_constants[] = {
    MEMBER(IN, OBJ_INT(0)), MEMBER(OUT, OBJ_INT(1)), MEMBER(OPEN_DRAIN, OBJ_INT(17)), MEMBER(ALT, OBJ_INT(2)),
    MEMBER(ALT_OPEN_DRAIN, OBJ_INT(18)), MEMBER(ANALOG, OBJ_INT(3)), MEMBER(PULL_NONE, OBJ_INT(0)), MEMBER(PULL_UP, OBJ_INT(1)),
    MEMBER(PULL_DOWN, OBJ_INT(2)), MEMBER(OUT_PP, OBJ_INT(1)), MEMBER(OUT_OD, OBJ_INT(17)), MEMBER(AF_PP, OBJ_INT(2)),
    MEMBER(AF_OD, OBJ_INT(18)), MEMBER(IRQ_RISING, OBJ_INT(0x10110000)), MEMBER(IRQ_FALLING, OBJ_INT(0x10210000)),
    MEMBER(mapper, &mapper_method), MEMBER(dict, &dict_method), MEMBER(debug, &debug_method), MEMBER(af_list, &pin_af_list_fn),
    MEMBER(AF1_TIM1, OBJ_INT(1)), MEMBER(AF1_TIM2, OBJ_INT(1)), MEMBER(AF2_TIM3, OBJ_INT(2)), MEMBER(AF2_TIM4, OBJ_INT(2)),
    MEMBER(AF2_TIM5, OBJ_INT(2)), MEMBER(AF3_TIM10, OBJ_INT(3)), MEMBER(AF3_TIM11, OBJ_INT(3)), MEMBER(AF3_TIM8, OBJ_INT(3)),
    MEMBER(AF3_TIM9, OBJ_INT(3)), MEMBER(AF4_I2C1, OBJ_INT(4)), MEMBER(AF4_I2C2, OBJ_INT(4)), MEMBER(AF4_I2C3, OBJ_INT(4)),
    MEMBER(AF5_SPI1, OBJ_INT(5)), MEMBER(AF5_SPI2, OBJ_INT(5)), MEMBER(AF6_SPI3, OBJ_INT(6)), MEMBER(AF7_USART1, OBJ_INT(7)),
    MEMBER(AF7_USART2, OBJ_INT(7)), MEMBER(AF7_USART3, OBJ_INT(7)), MEMBER(AF8_UART4, OBJ_INT(8)), MEMBER(AF8_UART5, OBJ_INT(8)),
    MEMBER(AF8_USART6, OBJ_INT(8)), MEMBER(AF9_CAN1, OBJ_INT(9)), MEMBER(AF9_CAN2, OBJ_INT(9)), MEMBER(AF9_TIM12, OBJ_INT(9)),
    MEMBER(AF9_TIM13, OBJ_INT(9)), MEMBER(AF9_TIM14, OBJ_INT(9))};

static const struct map_slot generic_constants[] = {
    MEMBER(IN, OBJ_INT(0)), MEMBER(OUT, OBJ_INT(1)), MEMBER(OPEN_DRAIN, OBJ_INT(2)), MEMBER(ALT, OBJ_INT(3)),
    MEMBER(ALT_OPEN_DRAIN, OBJ_INT(4)), MEMBER(ANALOG, OBJ_INT(5)), MEMBER(PULL_UP, OBJ_INT(1)), MEMBER(PULL_DOWN, OBJ_INT(2)),
    MEMBER(DRIVE_0, OBJ_INT(0)), MEMBER(DRIVE_1, OBJ_INT(1)), MEMBER(DRIVE_2, OBJ_INT(2)), MEMBER(DRIVE_3, OBJ_INT(3)),
    MEMBER(IRQ_LOW_LEVEL, OBJ_INT(PIN_LOW_LEVEL)), MEMBER(IRQ_HIGH_LEVEL, OBJ_INT(PIN_HIGH_LEVEL)),
    MEMBER(IRQ_FALLING, OBJ_INT(PIN_FALLING)), MEMBER(IRQ_RISING, OBJ_INT(PIN_RISING))};

// Names of the built-in boards' pins, built-in texts because of this list.
static const qstr_t board_names[] = {
    Q_X1, Q_X2, Q_X3, Q_X4, Q_X5, Q_X6, Q_X7, Q_X8, Q_X9, Q_X10, Q_X11, Q_X12, Q_X17, Q_X18, Q_X19, Q_X20, Q_X21, Q_X22, Q_Y1, Q_Y2, Q_Y3,
    Q_Y4, Q_Y5, Q_Y6, Q_Y7, Q_Y8, Q_Y9, Q_Y10, Q_Y11, Q_Y12, Q_SW, Q_LED_RED, Q_LED_GREEN, Q_LED_YELLOW, Q_LED_BLUE, Q_MMA_INT, Q_MMA_AVDD,
    Q_SD_D0, Q_SD_D1, Q_SD_D2, Q_SD_D3, Q_SD_CMD, Q_SD_CK, Q_SD, Q_SD_SW, Q_USB_VBUS, Q_USB_ID, Q_USB_DM, Q_USB_DP, Q_A0, Q_A1, Q_A2, Q_A3,
    Q_A4, Q_A5, Q_A6, Q_A7, Q_A8, Q_A9, Q_A10, Q_A11, Q_A12, Q_A13, Q_A14, Q_A15, Q_B0, Q_B1, Q_B2, Q_B3, Q_B4, Q_B5, Q_B6, Q_B7, Q_B8,
    Q_B9, Q_B10, Q_B11, Q_B12, Q_B13, Q_B14, Q_B15, Q_C0, Q_C1, Q_C2, Q_C3, Q_C4, Q_C5, Q_C6, Q_C7, Q_C8, Q_C9, Q_C10, Q_C11, Q_C12, Q_C13,
    Q_C14, Q_C15, Q_D2, Q_GP0, Q_GP1, Q_GP2, Q_GP3, Q_GP4, Q_GP5, Q_GP6, Q_GP7, Q_GP8, Q_GP9, Q_GP10, Q_GP11, Q_GP12, Q_GP13, Q_GP14,
    Q_GP15, Q_GP16, Q_GP17, Q_GP18, Q_GP19, Q_GP20, Q_GP21, Q_GP22, Q_GP26, Q_GP27, Q_GP28, Q_LED, Q_SMPS, Q_VBUS, Q_VSYS, Q_GPIO0, Q_GPIO1,
    Q_GPIO2, Q_GPIO3, Q_GPIO4, Q_GPIO5, Q_GPIO6, Q_GPIO7, Q_GPIO8, Q_GPIO9, Q_GPIO10, Q_GPIO11, Q_GPIO12, Q_GPIO13, Q_GPIO14, Q_GPIO15,
    Q_GPIO16, Q_GPIO17, Q_GPIO18, Q_GPIO19, Q_GPIO20, Q_GPIO21, Q_GPIO22, Q_GPIO23, Q_GPIO24, Q_GPIO25, Q_GPIO26, Q_GPIO27, Q_GPIO28,
    Q_GPIO29, Q_P0, Q_P1, Q_P2, Q_P3, Q_P4, Q_P5, Q_P6, Q_P7, Q_P8, Q_P9, Q_P10, Q_P11, Q_P12, Q_P13, Q_P14, Q_P15, Q_P16, Q_P17, Q_P18,
    Q_P19, Q_P20, Q_P21, Q_P22, Q_P23, Q_P24, Q_P25, Q_P26, Q_P27, Q_P28, Q_P29, Q_P30, Q_P31};

struct dict pin_members = {&type_dict, {0}};

struct class_making {
    qstr_t name;
    const qstr_t *names;
    obj_t *pins;
    size_t n;
    struct type *made;
};

// In flash: the class, its dictionary and table.
static void class_make(struct class_making *m) {
    struct type *t = heap_new(sizeof *t / sizeof(obj_t) + 1, 0, HEAP_DATA);
    struct dict *d = heap_new(sizeof *d / sizeof(obj_t) + 1, 0, HEAP_DATA);
    struct map_slot *table = heap_new(2 * (m->n + 1), 0, HEAP_DATA);
    for (size_t i = 0; i < m->n; i++) table[i] = (struct map_slot){OBJ_QSTR(m->names[i]), m->pins[i]};
    *d = (struct dict){&type_dict, {(uint32_t)m->n, MAP_FIXED, 0, m->n, table}};
    static const struct type_ops no_ops;
    *t = (struct type){.type = &type_type, .name = m->name, .ops = &no_ops, .members = d};
    m->made = t;
}

static size_t slots_put(struct map_slot *to, size_t at, const struct map_slot *from, size_t n) {
    memcpy(to + at, from, n * sizeof *to);
    return at + n;
}

static void members_make(const struct type *board, const struct type *cpu) {
    bool on_stm = pin_on_stm();
    size_t constants = on_stm ? sizeof stm_constants / sizeof *stm_constants : sizeof generic_constants / sizeof *generic_constants;
    size_t more = on_stm ? PIN_METHODS_STM : PIN_METHODS_GENERIC, n = 0;
    struct map_slot *table = heap_new(2 * (PIN_METHODS + more + constants + 2), 0, HEAP_DATA);
    n = slots_put(table, n, pin_methods, PIN_METHODS);
    n = slots_put(table, n, on_stm ? pin_methods_stm : pin_methods_generic, more);
    n = slots_put(table, n, on_stm ? stm_constants : generic_constants, constants);
    table[n++] = (struct map_slot){OBJ_QSTR(Q_board), OBJ_PTR(board)};
    table[n++] = (struct map_slot){OBJ_QSTR(Q_cpu), OBJ_PTR(cpu)};
    pin_members.map = (struct map){(uint32_t)n, MAP_FIXED, 0, n, table};
    size_t rows;
    const struct alternate *a = alternate_all(&rows);
    af_objects = heap_new(2 * rows, 0, HEAP_DATA);
    for (size_t i = 0; i < rows; i++) af_objects[i] = (struct pin_af){&type_machine_pin_af, &a[i]};
}

static bool name_is_new(const qstr_t *names, size_t n, qstr_t name) {
    for (size_t i = 0; i < n; i++)
        if (names[i] == name) return false;
    return true;
}

static void class_fill(struct class_making *m, bool chip_names) {
    for (size_t i = 0; i < board_current->n_pins; i++) {
        const struct board_pin *p = &board_current->pins[i];
        if (!chip_names && p->cpu_only) continue;
        qstr_t name = intern_text(chip_names ? p->cpu : p->name);
        if (!name_is_new(m->names, m->n, name)) continue;
        ((qstr_t *)(uintptr_t)m->names)[m->n] = name;
        m->pins[m->n++] = pin_object(p->gpio);
    }
}

void pin_start(void) {
    if (names_made) return;
    bridge_at_power_off(pin_stop);
    (void)board_names;
    size_t room = board_current->n_pins + 1;
    struct class_making board = {.name = Q_board}, cpu = {.name = Q_cpu};
    struct class_making *both[] = {&board, &cpu};
    for (int i = 0; i < 2; i++) {
        both[i]->names = emu_new(room * sizeof(qstr_t));
        both[i]->pins = emu_new(room * sizeof(obj_t));
        class_fill(both[i], i == 1); // interns
    }
    heap_flash_begin();
    class_make(&board);
    class_make(&cpu);
    members_make(board.made, cpu.made);
    heap_flash_end();
    for (int i = 0; i < 2; i++) {
        emu_free((void *)(uintptr_t)both[i]->names);
        emu_free(both[i]->pins);
    }
    rt.globals_version++;
    bridge_root(&names_made);
    names_made = OBJ_TRUE;
}
