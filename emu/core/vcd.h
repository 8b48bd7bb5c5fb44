// SPDX-License-Identifier: MIT
// Value change dump (IEEE 1364, section 18): every traced change as text that GTKWave, PulseView and sigrok-cli read.
#ifndef EMU_CORE_VCD_H
#define EMU_CORE_VCD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where the text goes. `at` is a byte offset: the writer appends, and rewrites the head (of constant length) when a signal is new.
struct vcd_out {
    void (*write)(void *data, uint64_t at, const char *text, size_t len);
    int64_t (*heap_used)(void); // bytes; asked at changes. NULL: no such signal
    int64_t (*queue_depth)(void); // entries of the scheduler's queue; NULL: none
    void *data;
};

// Starts recording of nets (all that exist now or come later, or only those of `names`: texts, n of them), interrupt lines, collections.
// `title` stands in the head. One recording at a time.
void vcd_start(const struct vcd_out *out, const char *title, const char *const *names, size_t n);
void vcd_stop(void); // writes the end

#endif
