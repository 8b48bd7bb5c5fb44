// SPDX-License-Identifier: MIT
// Alternate functions of the STM32F405's pins, from its data sheet.
//
// Invariants
//  - The rows of one pin stand together, by rising number; each number occurs once.
// Known differences: signals of units that are not emulated (USB, Ethernet, camera, memory controller, SDIO) are left out.
#include "emu/chip/alternate.h"

#include <string.h>

static const struct alternate rows[] = {
    {0, 0, 1, "TIM2_CH1_ETR"}, {0, 0, 2, "TIM5_CH1"}, {0, 0, 3, "TIM8_ETR"}, {0, 0, 7, "USART2_CTS"}, {0, 0, 8, "UART4_TX"},
    {0, 1, 1, "TIM2_CH2"}, {0, 1, 2, "TIM5_CH2"}, {0, 1, 7, "USART2_RTS"}, {0, 1, 8, "UART4_RX"},
    {0, 2, 1, "TIM2_CH3"}, {0, 2, 2, "TIM5_CH3"}, {0, 2, 3, "TIM9_CH1"}, {0, 2, 7, "USART2_TX"},
    {0, 3, 1, "TIM2_CH4"}, {0, 3, 2, "TIM5_CH4"}, {0, 3, 3, "TIM9_CH2"}, {0, 3, 7, "USART2_RX"},
    {0, 4, 5, "SPI1_NSS"}, {0, 4, 6, "SPI3_NSS"}, {0, 4, 7, "USART2_CK"},
    {0, 5, 1, "TIM2_CH1_ETR"}, {0, 5, 3, "TIM8_CH1N"}, {0, 5, 5, "SPI1_SCK"},
    {0, 6, 1, "TIM1_BKIN"}, {0, 6, 2, "TIM3_CH1"}, {0, 6, 3, "TIM8_BKIN"}, {0, 6, 5, "SPI1_MISO"}, {0, 6, 9, "TIM13_CH1"},
    {0, 7, 1, "TIM1_CH1N"}, {0, 7, 2, "TIM3_CH2"}, {0, 7, 3, "TIM8_CH1N"}, {0, 7, 5, "SPI1_MOSI"}, {0, 7, 9, "TIM14_CH1"},
    {0, 8, 1, "TIM1_CH1"}, {0, 8, 4, "I2C3_SCL"}, {0, 8, 7, "USART1_CK"},
    {0, 9, 1, "TIM1_CH2"}, {0, 9, 4, "I2C3_SMBA"}, {0, 9, 7, "USART1_TX"},
    {0, 10, 1, "TIM1_CH3"}, {0, 10, 7, "USART1_RX"},
    {0, 11, 1, "TIM1_CH4"}, {0, 11, 7, "USART1_CTS"}, {0, 11, 9, "CAN1_RX"},
    {0, 12, 1, "TIM1_ETR"}, {0, 12, 7, "USART1_RTS"}, {0, 12, 9, "CAN1_TX"},
    {0, 15, 1, "TIM2_CH1_ETR"}, {0, 15, 5, "SPI1_NSS"}, {0, 15, 6, "SPI3_NSS"},
    {1, 0, 1, "TIM1_CH2N"}, {1, 0, 2, "TIM3_CH3"}, {1, 0, 3, "TIM8_CH2N"},
    {1, 1, 1, "TIM1_CH3N"}, {1, 1, 2, "TIM3_CH4"}, {1, 1, 3, "TIM8_CH3N"},
    {1, 3, 1, "TIM2_CH2"}, {1, 3, 5, "SPI1_SCK"}, {1, 3, 6, "SPI3_SCK"},
    {1, 4, 2, "TIM3_CH1"}, {1, 4, 5, "SPI1_MISO"}, {1, 4, 6, "SPI3_MISO"},
    {1, 5, 2, "TIM3_CH2"}, {1, 5, 4, "I2C1_SMBA"}, {1, 5, 5, "SPI1_MOSI"}, {1, 5, 6, "SPI3_MOSI"}, {1, 5, 9, "CAN2_RX"},
    {1, 6, 2, "TIM4_CH1"}, {1, 6, 4, "I2C1_SCL"}, {1, 6, 7, "USART1_TX"}, {1, 6, 9, "CAN2_TX"},
    {1, 7, 2, "TIM4_CH2"}, {1, 7, 4, "I2C1_SDA"}, {1, 7, 7, "USART1_RX"},
    {1, 8, 2, "TIM4_CH3"}, {1, 8, 3, "TIM10_CH1"}, {1, 8, 4, "I2C1_SCL"}, {1, 8, 9, "CAN1_RX"},
    {1, 9, 2, "TIM4_CH4"}, {1, 9, 3, "TIM11_CH1"}, {1, 9, 4, "I2C1_SDA"}, {1, 9, 5, "SPI2_NSS"}, {1, 9, 9, "CAN1_TX"},
    {1, 10, 1, "TIM2_CH3"}, {1, 10, 4, "I2C2_SCL"}, {1, 10, 5, "SPI2_SCK"}, {1, 10, 7, "USART3_TX"},
    {1, 11, 1, "TIM2_CH4"}, {1, 11, 4, "I2C2_SDA"}, {1, 11, 7, "USART3_RX"},
    {1, 12, 1, "TIM1_BKIN"}, {1, 12, 4, "I2C2_SMBA"}, {1, 12, 5, "SPI2_NSS"}, {1, 12, 7, "USART3_CK"}, {1, 12, 9, "CAN2_RX"},
    {1, 13, 1, "TIM1_CH1N"}, {1, 13, 5, "SPI2_SCK"}, {1, 13, 7, "USART3_CTS"}, {1, 13, 9, "CAN2_TX"},
    {1, 14, 1, "TIM1_CH2N"}, {1, 14, 3, "TIM8_CH2N"}, {1, 14, 5, "SPI2_MISO"}, {1, 14, 7, "USART3_RTS"}, {1, 14, 9, "TIM12_CH1"},
    {1, 15, 1, "TIM1_CH3N"}, {1, 15, 3, "TIM8_CH3N"}, {1, 15, 5, "SPI2_MOSI"}, {1, 15, 9, "TIM12_CH2"},
    {2, 2, 5, "SPI2_MISO"},
    {2, 3, 5, "SPI2_MOSI"},
    {2, 6, 2, "TIM3_CH1"}, {2, 6, 3, "TIM8_CH1"}, {2, 6, 8, "USART6_TX"},
    {2, 7, 2, "TIM3_CH2"}, {2, 7, 3, "TIM8_CH2"}, {2, 7, 8, "USART6_RX"},
    {2, 8, 2, "TIM3_CH3"}, {2, 8, 3, "TIM8_CH3"}, {2, 8, 8, "USART6_CK"},
    {2, 9, 2, "TIM3_CH4"}, {2, 9, 3, "TIM8_CH4"}, {2, 9, 4, "I2C3_SDA"},
    {2, 10, 6, "SPI3_SCK"}, {2, 10, 7, "USART3_TX"}, {2, 10, 8, "UART4_TX"},
    {2, 11, 6, "SPI3_MISO"}, {2, 11, 7, "USART3_RX"}, {2, 11, 8, "UART4_RX"},
    {2, 12, 6, "SPI3_MOSI"}, {2, 12, 7, "USART3_CK"}, {2, 12, 8, "UART5_TX"},
    {3, 2, 2, "TIM3_ETR"}, {3, 2, 8, "UART5_RX"},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct {
    const char *unit;
    uint32_t base;
} units[] = {
    {"TIM1", 0x40010000}, {"TIM2", 0x40000000}, {"TIM3", 0x40000400}, {"TIM4", 0x40000800}, {"TIM5", 0x40000c00}, {"TIM8", 0x40010400},
    {"TIM9", 0x40014000}, {"TIM10", 0x40014400}, {"TIM11", 0x40014800}, {"TIM12", 0x40001800}, {"TIM13", 0x40001c00},
    {"TIM14", 0x40002000}, {"I2C1", 0x40005400}, {"I2C2", 0x40005800}, {"I2C3", 0x40005c00}, {"SPI1", 0x40013000},
    {"SPI2", 0x40003800}, {"SPI3", 0x40003c00}, {"USART1", 0x40011000}, {"USART2", 0x40004400}, {"USART3", 0x40004800},
    {"UART4", 0x40004c00}, {"UART5", 0x40005000}, {"USART6", 0x40011400}, {"CAN1", 0x40006400}, {"CAN2", 0x40006800},
};

const struct alternate *alternate_all(size_t *n) {
    *n = ROWS;
    return rows;
}

const struct alternate *alternate_of_pin(const struct gpio *g, size_t *n) {
    const struct alternate *first = NULL;
    *n = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].port != g->port || rows[i].bit != g->bit) continue;
        if (!first) first = &rows[i];
        ++*n;
    }
    return first;
}

static bool carries(const char *has, const char *signal) {
    size_t len = strlen(signal);
    return strncmp(has, signal, len) == 0 && (has[len] == 0 || has[len] == '_');
}

int alternate_find(const struct gpio *g, const char *signal) {
    size_t n;
    const struct alternate *a = alternate_of_pin(g, &n);
    for (size_t i = 0; i < n; i++)
        if (carries(a[i].signal, signal)) return a[i].af;
    return -1;
}

size_t alternate_unit_len(const struct alternate *a) { return strcspn(a->signal, "_"); }

uint32_t alternate_unit_base(const struct alternate *a) {
    size_t len = alternate_unit_len(a);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncmp(units[i].unit, a->signal, len) == 0 && units[i].unit[len] == 0) return units[i].base;
    return 0;
}
