// SPDX-License-Identifier: MIT
// Module pyb: its functions, and the table of what a pyboard has. The types are in files of their own.
//
// Invariants
//  - Times count from power-on without what was spent in stop mode, and wrap as small integers of the board do.
//  - What needs a cable that is not there answers as the board does without it: see docs/library/pyb.md.
#include "emu/chip/chip.h"
#include "emu/chip/exti.h"
#include "emu/chip/gpio.h"
#include "emu/chip/rcc.h"
#include "emu/chip/rtc.h"
#include "emu/chip/small.h"
#include "emu/modules/bus.h"
#include "emu/modules/can_unit.h"
#include "emu/modules/flash_blocks.h"
#include "emu/modules/i2c_unit.h"
#include "emu/modules/pyb.h"
#include "emu/modules/pyb_usb.h"
#include "emu/modules/spi_unit.h"
#include "heap/heap.h"
#include "heap/intern.h"
#include "modules/os.h"
#include "objects/map.h"
#include "objects/num.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/types.h"
#include "rt.h"
#include "run/call.h"
#include "run/raise.h"
#include "run/vm.h"

static obj_t repl_uart, main_script;
static bool faults_shown;
static char country[2] = {'X', 'X'};

// ---- time ---------------------------------------------------------------------------------------------------------------------
static uint64_t up_ns(void) { return clock_now() - rcc_stopped_ns(); }

static obj_t wrapped_time(uint64_t v) { // 31 bits, signed
    int32_t low = (int32_t)((uint32_t)v << 1);
    return OBJ_INT(low >> 1);
}

static obj_t pyb_millis(void) { return wrapped_time(up_ns() / NS_PER_MS); }
static obj_t pyb_micros(void) { return wrapped_time(up_ns() / NS_PER_US); }

static obj_t elapsed(obj_t start, uint64_t now) {
    return OBJ_INT((intptr_t)((now - (uint64_t)obj_get_int_truncated(start)) & 0x3fffffff));
}
static obj_t pyb_elapsed_millis(obj_t start) { return elapsed(start, up_ns() / NS_PER_MS); }
static obj_t pyb_elapsed_micros(obj_t start) { return elapsed(start, up_ns() / NS_PER_US); }

static obj_t wait_units(obj_t count, uint64_t unit) {
    intptr_t n = obj_get_int(count);
    if (n > INT32_MAX) n = INT32_MAX;
    if (n > 0) bridge_wait((uint64_t)n * unit);
    else if (rt.poll) poll_run();
    return OBJ_NONE;
}
static obj_t pyb_delay(obj_t ms) { return wait_units(ms, NS_PER_MS); }
static obj_t pyb_udelay(obj_t us) { return wait_units(us, NS_PER_US); }

BUILTIN_0(pyb_millis_fn, pyb_millis);
BUILTIN_0(pyb_micros_fn, pyb_micros);
BUILTIN_1(pyb_elapsed_millis_fn, pyb_elapsed_millis);
BUILTIN_1(pyb_elapsed_micros_fn, pyb_elapsed_micros);
BUILTIN_1(pyb_delay_fn, pyb_delay);
BUILTIN_1(pyb_udelay_fn, pyb_udelay);

// ---- interrupts, power --------------------------------------------------------------------------------------------------------
static obj_t pyb_disable_irq(void) { return obj_bool(!irq_mask_set(true)); }

static obj_t pyb_enable_irq(size_t n, const obj_t *args) {
    irq_mask_set(n > 0 && !obj_true(args[0]));
    bridge_acted();
    return OBJ_NONE;
}

static obj_t pyb_wfi(void) { // the tick of each millisecond ends it at the latest
    uint64_t now = clock_now();
    bridge_wait_some(now - now % NS_PER_MS + NS_PER_MS);
    return OBJ_NONE;
}

static uint64_t interrupts_taken(void) {
    uint64_t sum = exti_wakeups();
    for (struct irq_line *l = irq_lines(); l; l = l->next) sum += l->taken;
    return sum;
}

static void stop_wait(void *unused) {
    (void)unused;
    for (uint64_t before = interrupts_taken(); before == interrupts_taken();) bridge_wait_interrupt();
}

static obj_t pyb_stop(void) {
    obj_t exception;
    rcc_stop_mode(true);
    bool good = protect(stop_wait, NULL, &exception);
    rcc_stop_mode(false);
    if (!good) raise_object(exception);
    return OBJ_NONE;
}

// Deep sleep: the calendar's wake-up, or a rising edge of WKUP (A0), and then a hard reset.
static void standby_wakes(void *data, struct net *net, bool level) {
    (void)net;
    if (level) irq_raise(data);
}

static obj_t pyb_standby(void) {
    static struct irq_line line;
    static struct listener ear;
    struct gpio *wkup = gpio_at(0, 0);
    line.name = "standby";
    irq_register(&line);
    irq_enable_line(&line, true);
    ear = (struct listener){.edge = standby_wakes, .data = &line};
    if (wkup) net_listen(wkup->net, &ear);
    rcc_stop_mode(true);
    for (uint64_t before = interrupts_taken(); before == interrupts_taken();) bridge_wait_interrupt();
    if (wkup) net_unlisten(wkup->net, &ear);
    irq_unregister(&line);
    bridge_reset(RESET_DEEPSLEEP);
}

static uint32_t freq_from(obj_t o) {
    intptr_t f = obj_get_int(o);
    return f < 0 ? 0 : f > UINT32_MAX ? UINT32_MAX : (uint32_t)f;
}

static obj_t pyb_freq(size_t n, const obj_t *args) {
    if (n == 0) {
        struct rcc_freqs f = rcc_freqs();
        obj_t items[4] = {int_from_u64(f.sysclk), int_from_u64(f.hclk), int_from_u64(f.pclk1), int_from_u64(f.pclk2)};
        return tuple_new(4, items);
    }
    uint32_t f[4] = {0};
    for (size_t i = 0; i < n; i++) f[i] = freq_from(args[i]);
    if (!rcc_set_freqs((struct rcc_freqs){f[0], f[1], f[2], f[3]})) raise_message(&type_ValueError, "can't make valid freq");
    return OBJ_NONE;
}

BUILTIN_0(pyb_disable_irq_fn, pyb_disable_irq);
BUILTIN_VAR(pyb_enable_irq_fn, 0, 1, pyb_enable_irq);
BUILTIN_0(pyb_wfi_fn, pyb_wfi);
BUILTIN_0(pyb_stop_fn, pyb_stop);
BUILTIN_0(pyb_standby_fn, pyb_standby);
BUILTIN_VAR(pyb_freq_fn, 0, 4, pyb_freq);

// ---- resets -------------------------------------------------------------------------------------------------------------------
static obj_t pyb_hard_reset(void) { bridge_reset(RESET_HARD); }

static obj_t pyb_bootloader(size_t n, const obj_t *args) {
    (void)n, (void)args;
    bridge_port->end("the boot loader waits for new firmware");
    return OBJ_NONE;
}

static obj_t pyb_fault_debug(obj_t on) {
    faults_shown = obj_true(on);
    return OBJ_NONE;
}

BUILTIN_0(pyb_hard_reset_fn, pyb_hard_reset);
BUILTIN_VAR(pyb_bootloader_fn, 0, 2, pyb_bootloader);
BUILTIN_1(pyb_fault_debug_fn, pyb_fault_debug);

// ---- what the chip is ---------------------------------------------------------------------------------------------------------
static obj_t pyb_rng(void) { return OBJ_INT(rng_next() >> 2); }

static obj_t pyb_unique_id(void) { return bytes_new((const char *)board_current->uid, board_current->uid_bytes); }

static obj_t pyb_info(size_t n, const obj_t *args) {
    (void)args;
    struct printer p = printer_stdout;
    struct rcc_freqs f = rcc_freqs();
    print_text(&p, "ID=");
    for (size_t i = 0; i < board_current->uid_bytes; i++) print_format(&p, i == 4 || i == 8 ? ":%02x" : "%02x", board_current->uid[i]);
    print_format(&p, "\nS=%u\nH=%u\nP1=%u\nP2=%u\n", f.sysclk, f.hclk, f.pclk1, f.pclk2);
    intern_report(&p, false);
    heap_report(&p, n > 0 && obj_true(args[0]));
    return OBJ_NONE;
}

BUILTIN_0(pyb_rng_fn, pyb_rng);
BUILTIN_0(pyb_unique_id_fn, pyb_unique_id);
BUILTIN_VAR(pyb_info_fn, 0, 1, pyb_info);

// ---- start-up and the console -------------------------------------------------------------------------------------------------
static obj_t pyb_main(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_filename, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}}, {Q_opt, ARG_INT, 0, {.i = 0}}};
    union arg_value v[2];
    args_parse(n, kw, args, 2, spec, v);
    str_data(v[0].obj, NULL);
    main_script = v[0].obj;
    return OBJ_NONE;
}

obj_t pyb_main_script(void) { return main_script; }

static obj_t pyb_repl_uart(size_t n, const obj_t *args) {
    if (n == 0) return repl_uart ? repl_uart : OBJ_NONE;
    repl_uart = args[0];
    return OBJ_NONE;
}

static obj_t pyb_sync(void) {
    storage_sync();
    return OBJ_NONE;
}

static obj_t pyb_country(size_t n, const obj_t *args) {
    if (n == 0) return str_new(country, sizeof country);
    size_t len;
    const char *text = str_data(args[0], &len);
    if (len != sizeof country) raise_type(&type_ValueError);
    memcpy(country, text, sizeof country);
    return OBJ_NONE;
}

static obj_t pyb_mount(size_t n, size_t kw, const obj_t *args) {
    const struct arg_spec spec[] = {{Q_device, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_mountpoint, ARG_OBJ, ARG_REQUIRED, {.obj = OBJ_NULL}},
        {Q_readonly, ARG_BOOL, ARG_KW_ONLY, {.b = false}}, {Q_mkfs, ARG_BOOL, ARG_KW_ONLY, {.b = false}}};
    union arg_value v[4];
    args_parse(n, kw, args, 4, spec, v);
    if (v[0].obj == OBJ_NONE) return call_1(OBJ_PTR(&vfs_umount_fn), v[1].obj);
    obj_t call_args[] = {v[0].obj, v[1].obj, OBJ_QSTR(Q_readonly), obj_bool(v[2].b), OBJ_QSTR(Q_mkfs), obj_bool(v[3].b)};
    return call(OBJ_PTR(&vfs_mount_fn), 2, 2, call_args);
}

BUILTIN_KW(pyb_main_fn, 0, 255, pyb_main);
BUILTIN_VAR(pyb_repl_uart_fn, 0, 1, pyb_repl_uart);
BUILTIN_0(pyb_sync_fn, pyb_sync);
BUILTIN_VAR(pyb_country_fn, 0, 1, pyb_country);
BUILTIN_KW(pyb_mount_fn, 0, 255, pyb_mount);

// ---- the table ----------------------------------------------------------------------------------------------------------------
void pyb_start(void) {
    bridge_ready();
    if (!chip_is_stm32f4()) raise_message(&type_ImportError, "the board's chip is no STM32F405");
    pin_start();
    bus_start();
    bridge_root(&repl_uart);
    bridge_root(&main_script);
    pyb_leds_start();
}

static const struct map_slot pyb_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_pyb)),
    MEMBER(delay, &pyb_delay_fn),
    MEMBER(udelay, &pyb_udelay_fn),
    MEMBER(millis, &pyb_millis_fn),
    MEMBER(micros, &pyb_micros_fn),
    MEMBER(elapsed_millis, &pyb_elapsed_millis_fn),
    MEMBER(elapsed_micros, &pyb_elapsed_micros_fn),
    MEMBER(hard_reset, &pyb_hard_reset_fn),
    MEMBER(bootloader, &pyb_bootloader_fn),
    MEMBER(fault_debug, &pyb_fault_debug_fn),
    MEMBER(disable_irq, &pyb_disable_irq_fn),
    MEMBER(enable_irq, &pyb_enable_irq_fn),
    MEMBER(freq, &pyb_freq_fn),
    MEMBER(wfi, &pyb_wfi_fn),
    MEMBER(stop, &pyb_stop_fn),
    MEMBER(standby, &pyb_standby_fn),
    MEMBER(info, &pyb_info_fn),
    MEMBER(main, &pyb_main_fn),
    MEMBER(mount, &pyb_mount_fn),
    MEMBER(repl_uart, &pyb_repl_uart_fn),
    MEMBER(rng, &pyb_rng_fn),
    MEMBER(sync, &pyb_sync_fn),
    MEMBER(unique_id, &pyb_unique_id_fn),
    MEMBER(country, &pyb_country_fn),
    MEMBER(have_cdc, &pyb_have_cdc_fn),
    MEMBER(hid, &pyb_hid_fn),
    MEMBER(usb_mode, &pyb_usb_mode_fn),
    MEMBER(hid_mouse, &pyb_hid_mouse),
    MEMBER(hid_keyboard, &pyb_hid_keyboard),
    MEMBER(USB_VCP, &type_pyb_usb_vcp),
    MEMBER(USB_HID, &type_pyb_usb_hid),
    MEMBER(Pin, &type_machine_pin),
    MEMBER(ExtInt, &type_pyb_extint),
    MEMBER(Timer, &type_pyb_timer),
    MEMBER(LED, &type_pyb_led),
    MEMBER(Switch, &type_pyb_switch),
    MEMBER(RTC, &type_pyb_rtc),
    MEMBER(ADC, &type_pyb_adc),
    MEMBER(ADCAll, &type_pyb_adcall),
    MEMBER(DAC, &type_pyb_dac),
    MEMBER(Servo, &type_pyb_servo),
    MEMBER(Accel, &type_pyb_accel),
    MEMBER(LCD, &type_pyb_lcd),
    MEMBER(UART, &type_machine_uart),
    MEMBER(I2C, &type_pyb_i2c),
    MEMBER(SPI, &type_pyb_spi),
    MEMBER(CAN, &type_pyb_can),
    MEMBER(Flash, &type_pyb_flash),
};
static FIXED_DICT(pyb_dict, pyb_members);
const struct module module_pyb = {&type_module, &pyb_dict, {OBJ_NULL, OBJ_NULL}};
MODULE(pyb, false, pyb_start, "pyboard");
