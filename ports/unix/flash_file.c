// SPDX-License-Identifier: MIT
// --flash FILE: the flash's contents as a raw image, byte for byte, in a file that outlives the run.
//
// Invariants
//  - The file is mapped shared: what is programmed is in the file even when the process is killed. A sync of the program also sends it to
//    the disk.
//  - A second process is refused (the lock goes with the process, however it ends).
//  - A missing or empty file is made, erased. One of another size than the board's flash is refused and left alone.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emu/chip/flash.h"
#include "ports/unix/desk.h"
#include "ports/unix/port.h"

static struct {
    int fd;
    size_t bytes;
    struct flash_host host;
} file = {.fd = -1};

static void image_sync(void *data) {
    (void)data;
    if (file.host.image) msync(file.host.image, file.bytes, MS_ASYNC);
}

static void power_cut(void *data, const char *text) {
    (void)data;
    console_flush();
    if (file.host.image) msync(file.host.image, file.bytes, MS_SYNC);
    fprintf(stderr, "micropython: %s\n", text);
    _exit(FLASH_CUT_STATUS); // nothing more is written: no trace, no report, no closing of files
}

static void image_fill(const char *path) {
    static char erased[65536];
    memset(erased, 0xff, sizeof erased);
    for (size_t done = 0; done < file.bytes;) {
        size_t part = file.bytes - done < sizeof erased ? file.bytes - done : sizeof erased;
        ssize_t n = write(file.fd, erased, part);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) usage_fail("can't write the flash image", path, strerror(errno));
        done += (size_t)n;
    }
}

static void image_open(const char *path) {
    struct stat st;
    char advice[80];
    file.fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file.fd < 0 || fstat(file.fd, &st) != 0) usage_fail("can't open the flash image", path, strerror(errno));
    if (flock(file.fd, LOCK_EX | LOCK_NB) != 0) usage_fail("flash image", path, "another process runs with it");
    snprintf(advice, sizeof advice, "the board's flash has %zu bytes, this file has %lld", file.bytes, (long long)st.st_size);
    if (st.st_size == 0) image_fill(path);
    else if ((size_t)st.st_size != file.bytes) usage_fail("flash image", path, advice);
    void *p = mmap(NULL, file.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.fd, 0);
    if (p == MAP_FAILED) usage_fail("can't map the flash image", path, strerror(errno));
    file.host.image = p;
}

void flash_set_up(const struct board_options *o) {
    file.bytes = flash_bytes_of(&board_current->flash);
    file.host = (struct flash_host){NULL, image_sync, power_cut, NULL};
    if (o->flash && file.bytes == 0) usage_fail("flash image", o->flash, "this board has no flash");
    if (o->flash) image_open(o->flash);
    flash_faults_forget();
    for (int i = 0; i < o->n_flash_faults; i++) {
        const char *wrong = flash_fault_add(o->flash_faults[i]);
        if (wrong) usage_fail("flash fault not understood", o->flash_faults[i], wrong);
    }
    flash_host_set(&file.host);
}

void flash_clear(void) { // after the chip has given back what it kept
    flash_host_set(NULL);
    if (file.host.image) munmap(file.host.image, file.bytes);
    if (file.fd >= 0) close(file.fd);
    file.host.image = NULL;
    file.fd = -1;
}
