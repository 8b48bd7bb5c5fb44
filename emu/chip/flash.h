// SPDX-License-Identifier: MIT
// The chip's flash memory: erase blocks as the board has them, NOR rules, wear, time, and faults that can be replayed.
#ifndef EMU_CHIP_FLASH_H
#define EMU_CHIP_FLASH_H

#include "emu/boards/board.h"

// What the flash needs from outside; without it memory is its own and a power cut is a report only.
struct flash_host {
    uint8_t *image;                   // contents, flash_bytes_of() the board's; NULL: made, erased
    void (*sync)(void *data);         // what was written so far is to outlive the process
    void (*power_cut)(void *data, const char *text); // the power ends here: does not return. text says why, and how to see it again
    void *data;
};
size_t flash_bytes_of(const struct board_flash *geometry);
void flash_host_set(const struct flash_host *host); // before the first use; stays for the next power-on too. NULL: none
// "cut:N", "cut:N:torn", "cut:N:torn:SEED", "wear:BLOCK:N", "flip:SEED"; several may be given. NULL, or what is wrong with the text.
const char *flash_fault_add(const char *text);
void flash_faults_forget(void);

// All addresses count from the start of the flash. The flash of the powered board is made at the first use.
enum flash_result { FLASH_DONE, FLASH_FAILED, FLASH_OUTSIDE }; // FAILED: a worn block
size_t flash_size(void); // 0: the board has none
const uint8_t *flash_memory(void);
enum flash_result flash_read(uint32_t at, void *to, size_t n);
enum flash_result flash_program(uint32_t at, const void *from, size_t n); // clears bits only; takes a board's time for each page
enum flash_result flash_erase(uint32_t block);
void flash_sync(void);
void flash_contents_forget(void); // without power: a flash without an image is erased again
uint32_t flash_blocks(void);
uint32_t flash_block_of(uint32_t at);
uint32_t flash_block_start(uint32_t block), flash_block_bytes(uint32_t block);

struct flash_figures {
    uint64_t programs, erases;  // operations since power-on: pages, blocks
    uint64_t over_programmed;   // pages whose bits were not erased
};
struct flash_figures flash_figures(void);
uint32_t flash_erases(uint32_t block); // of one block, since power-on

// The file-system window as 512-byte blocks, for chips whose erase blocks are much larger: one erase block is kept in memory while it
// changes, and goes back when another one changes, when it is asked for, or a while after the last change.
enum { STORAGE_BLOCK = 512 };
size_t storage_size(void); // bytes
enum flash_result storage_read(uint32_t at, void *to, size_t n); // addresses count from the start of the window
enum flash_result storage_write(uint32_t at, const void *from, size_t n);
enum flash_result storage_sync(void);
bool storage_dirty(void);

#endif
