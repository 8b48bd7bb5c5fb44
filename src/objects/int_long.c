// SPDX-License-Identifier: MIT
// Long arithmetic that Ctrl-C can end in the middle (int_long.h).
//
// GMP has no way to be asked to stop. So the work is left by a jump out of the handler of the signal: the inputs are only read, the result
// is of no use any more, and the memory that GMP took meanwhile is on a list (all of it comes from gmp_take) and is given back.
// What always holds: work.open is true only between two instructions of GMP itself, on the main thread, where the signal arrives; while
// memory is taken or given back it is false, and Ctrl-C is seen at the end of that.
// Short work, up to SHORT limbs, is done without any of this.
#include "int_long.h"
#include "heap/heap.h"
#include "host.h"
#include "rt.h"
#include "run/raise.h"
#include "run/thread.h"
#include "run/vm.h"
#include <setjmp.h>

enum { SHORT = 1024 };

void (*host_interrupt_hook)(void);

struct taken {
    struct taken *next, **back;
};

static struct {
    jmp_buf leave;
    volatile bool open;
    struct taken *taken;
} work;

static void work_leave(void) {
    if (!work.open) return;
    work.open = false;
    longjmp(work.leave, 1);
}

// ---- memory of GMP --------------------------------------------------------------------------------------------------------------
static bool work_close(void) {
    bool open = work.open;
    work.open = false;
    return open;
}

static void work_open(bool open) {
    work.open = open;
    if (open && rt.poll & POLL_KEYBOARD) work_leave();
}

static void block_link(struct taken *b) {
    b->next = work.taken;
    b->back = &work.taken;
    if (b->next) b->next->back = &b->next;
    work.taken = b;
}

static void block_unlink(struct taken *b) {
    *b->back = b->next;
    if (b->next) b->next->back = b->back;
}

static void *gmp_take(size_t bytes) {
    bool open = work_close();
    struct taken *b = host_alloc(sizeof *b + bytes);
    block_link(b);
    work_open(open);
    return b + 1;
}

static void *gmp_resize(void *p, size_t before, size_t bytes) {
    (void)before;
    bool open = work_close();
    struct taken *b = (struct taken *)p - 1;
    block_unlink(b);
    b = host_resize(b, sizeof *b + bytes);
    block_link(b);
    work_open(open);
    return b + 1;
}

static void gmp_give(void *p, size_t bytes) {
    (void)bytes;
    bool open = work_close();
    struct taken *b = (struct taken *)p - 1;
    block_unlink(b);
    host_free(b);
    work_open(open);
}

// ---- the work -------------------------------------------------------------------------------------------------------------------
struct job {
    mp_limb_t *to, *rest;
    const mp_limb_t *a, *b;
    size_t a_len, b_len, len;
    unsigned char *digits;
    unsigned base;
};

static bool job_do(void (*fn)(struct job *), struct job *j) {
    if (j->a_len + j->b_len <= SHORT || !thread_is_main()) {
        fn(j);
        return true;
    }
    mp_set_memory_functions(gmp_take, gmp_resize, gmp_give);
    host_interrupt_hook = work_leave;
    bool done = setjmp(work.leave) == 0;
    if (done) {
        work_open(true);
        fn(j);
        work.open = false;
    }
    while (work.taken) {
        struct taken *b = work.taken;
        block_unlink(b);
        host_free(b);
    }
    mp_set_memory_functions(NULL, NULL, NULL);
    return done;
}

void int_long_stop(void) {
    poll_run();
    raise_type(&type_KeyboardInterrupt); // another poll was faster
}

static void mul(struct job *j) {
    if (j->a == j->b && j->a_len == j->b_len)
        mpn_sqr(j->to, j->a, (mp_size_t)j->a_len);
    else if (j->a_len >= j->b_len)
        mpn_mul(j->to, j->a, (mp_size_t)j->a_len, j->b, (mp_size_t)j->b_len);
    else
        mpn_mul(j->to, j->b, (mp_size_t)j->b_len, j->a, (mp_size_t)j->a_len);
}

bool int_long_mul(mp_limb_t *to, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len) {
    return job_do(mul, &(struct job){.to = to, .a = a, .a_len = a_len, .b = b, .b_len = b_len});
}

static void div_job(struct job *j) { mpn_tdiv_qr(j->to, j->rest, 0, j->a, (mp_size_t)j->a_len, j->b, (mp_size_t)j->b_len); }

bool int_long_div(mp_limb_t *quotient, mp_limb_t *rest, const mp_limb_t *a, size_t a_len, const mp_limb_t *b, size_t b_len) {
    return job_do(div_job, &(struct job){.to = quotient, .rest = rest, .a = a, .a_len = a_len, .b = b, .b_len = b_len});
}

static void digits_job(struct job *j) { j->len = mpn_get_str(j->digits, (int)j->base, j->to, (mp_size_t)j->a_len); }

size_t int_long_digits(unsigned char *to, unsigned base, mp_limb_t *a, size_t len) {
    struct job j = {.digits = to, .base = base, .to = a, .a_len = len};
    return job_do(digits_job, &j) ? j.len : 0;
}

static void scan_job(struct job *j) { j->len = (size_t)mpn_set_str(j->to, j->digits, j->b_len, (int)j->base); }

bool int_long_scan(mp_limb_t *to, size_t *len, const unsigned char *digits, size_t n, unsigned base) {
    struct job j = {.to = to, .digits = (unsigned char *)(uintptr_t)digits, .b_len = n, .base = base};
    bool done = job_do(scan_job, &j);
    *len = j.len;
    return done;
}
