// SPDX-License-Identifier: MIT
// Alternate functions of the STM32F405RG (64 pins).
//
// Invariants
//  - All entries of one pin stand together, in order of their numbers; the system's own (AF0) and EVENTOUT (AF15, every pin) that no unit
//    here makes or takes are named where the data sheet names them, EVENTOUT is left out.
#include "emu/chip/af.h"
#include "emu/chip/gpio.h"

#include <stdlib.h>
#include <string.h>

const struct af af_table[] = {
    {'A', 0, 1, "TIM2_CH1"}, {'A', 0, 1, "TIM2_ETR"}, {'A', 0, 2, "TIM5_CH1"}, {'A', 0, 3, "TIM8_ETR"}, {'A', 0, 7, "USART2_CTS"},
    {'A', 0, 8, "UART4_TX"}, {'A', 0, 11, "ETH_MII_CRS"},
    {'A', 1, 1, "TIM2_CH2"}, {'A', 1, 2, "TIM5_CH2"}, {'A', 1, 7, "USART2_RTS"}, {'A', 1, 8, "UART4_RX"},
    {'A', 1, 11, "ETH_RMII_REF_CLK"},
    {'A', 2, 1, "TIM2_CH3"}, {'A', 2, 2, "TIM5_CH3"}, {'A', 2, 3, "TIM9_CH1"}, {'A', 2, 7, "USART2_TX"}, {'A', 2, 11, "ETH_MDIO"},
    {'A', 3, 1, "TIM2_CH4"}, {'A', 3, 2, "TIM5_CH4"}, {'A', 3, 3, "TIM9_CH2"}, {'A', 3, 7, "USART2_RX"}, {'A', 3, 10, "OTG_HS_ULPI_D0"},
    {'A', 3, 11, "ETH_MII_COL"},
    {'A', 4, 5, "SPI1_NSS"}, {'A', 4, 6, "SPI3_NSS"}, {'A', 4, 6, "I2S3_WS"}, {'A', 4, 7, "USART2_CK"}, {'A', 4, 12, "OTG_HS_SOF"},
    {'A', 4, 13, "DCMI_HSYNC"},
    {'A', 5, 1, "TIM2_CH1"}, {'A', 5, 1, "TIM2_ETR"}, {'A', 5, 3, "TIM8_CH1N"}, {'A', 5, 5, "SPI1_SCK"}, {'A', 5, 10, "OTG_HS_ULPI_CK"},
    {'A', 6, 1, "TIM1_BKIN"}, {'A', 6, 2, "TIM3_CH1"}, {'A', 6, 3, "TIM8_BKIN"}, {'A', 6, 5, "SPI1_MISO"}, {'A', 6, 9, "TIM13_CH1"},
    {'A', 6, 13, "DCMI_PIXCK"},
    {'A', 7, 1, "TIM1_CH1N"}, {'A', 7, 2, "TIM3_CH2"}, {'A', 7, 3, "TIM8_CH1N"}, {'A', 7, 5, "SPI1_MOSI"}, {'A', 7, 9, "TIM14_CH1"},
    {'A', 7, 11, "ETH_RMII_CRS_DV"},
    {'A', 8, 0, "MCO1_OUT"}, {'A', 8, 1, "TIM1_CH1"}, {'A', 8, 4, "I2C3_SCL"}, {'A', 8, 7, "USART1_CK"}, {'A', 8, 10, "OTG_FS_SOF"},
    {'A', 9, 1, "TIM1_CH2"}, {'A', 9, 4, "I2C3_SMBA"}, {'A', 9, 7, "USART1_TX"}, {'A', 9, 13, "DCMI_D0"},
    {'A', 10, 1, "TIM1_CH3"}, {'A', 10, 7, "USART1_RX"}, {'A', 10, 10, "OTG_FS_ID"}, {'A', 10, 13, "DCMI_D1"},
    {'A', 11, 1, "TIM1_CH4"}, {'A', 11, 7, "USART1_CTS"}, {'A', 11, 9, "CAN1_RX"}, {'A', 11, 10, "OTG_FS_DM"},
    {'A', 12, 1, "TIM1_ETR"}, {'A', 12, 7, "USART1_RTS"}, {'A', 12, 9, "CAN1_TX"}, {'A', 12, 10, "OTG_FS_DP"},
    {'A', 13, 0, "JTMS_SWDIO"},
    {'A', 14, 0, "JTCK_SWCLK"},
    {'A', 15, 0, "JTDI_IN"}, {'A', 15, 1, "TIM2_CH1"}, {'A', 15, 1, "TIM2_ETR"}, {'A', 15, 5, "SPI1_NSS"}, {'A', 15, 6, "SPI3_NSS"},
    {'A', 15, 6, "I2S3_WS"},
    {'B', 0, 1, "TIM1_CH2N"}, {'B', 0, 2, "TIM3_CH3"}, {'B', 0, 3, "TIM8_CH2N"}, {'B', 0, 10, "OTG_HS_ULPI_D1"},
    {'B', 0, 11, "ETH_MII_RXD2"},
    {'B', 1, 1, "TIM1_CH3N"}, {'B', 1, 2, "TIM3_CH4"}, {'B', 1, 3, "TIM8_CH3N"}, {'B', 1, 10, "OTG_HS_ULPI_D2"},
    {'B', 1, 11, "ETH_MII_RXD3"},
    {'B', 3, 0, "JTDO_SWO"}, {'B', 3, 1, "TIM2_CH2"}, {'B', 3, 5, "SPI1_SCK"}, {'B', 3, 6, "SPI3_SCK"}, {'B', 3, 6, "I2S3_CK"},
    {'B', 4, 0, "NJTRST_IN"}, {'B', 4, 2, "TIM3_CH1"}, {'B', 4, 5, "SPI1_MISO"}, {'B', 4, 6, "SPI3_MISO"}, {'B', 4, 7, "I2S3_EXTSD"},
    {'B', 5, 2, "TIM3_CH2"}, {'B', 5, 4, "I2C1_SMBA"}, {'B', 5, 5, "SPI1_MOSI"}, {'B', 5, 6, "SPI3_MOSI"}, {'B', 5, 6, "I2S3_SD"},
    {'B', 5, 9, "CAN2_RX"}, {'B', 5, 10, "OTG_HS_ULPI_D7"}, {'B', 5, 11, "ETH_PPS_OUT"}, {'B', 5, 13, "DCMI_D10"},
    {'B', 6, 2, "TIM4_CH1"}, {'B', 6, 4, "I2C1_SCL"}, {'B', 6, 7, "USART1_TX"}, {'B', 6, 9, "CAN2_TX"}, {'B', 6, 13, "DCMI_D5"},
    {'B', 7, 2, "TIM4_CH2"}, {'B', 7, 4, "I2C1_SDA"}, {'B', 7, 7, "USART1_RX"}, {'B', 7, 12, "FSMC_NL"}, {'B', 7, 13, "DCMI_VSYNC"},
    {'B', 8, 2, "TIM4_CH3"}, {'B', 8, 3, "TIM10_CH1"}, {'B', 8, 4, "I2C1_SCL"}, {'B', 8, 9, "CAN1_RX"}, {'B', 8, 11, "ETH_MII_TXD3"},
    {'B', 8, 12, "SDIO_D4"}, {'B', 8, 13, "DCMI_D6"},
    {'B', 9, 2, "TIM4_CH4"}, {'B', 9, 3, "TIM11_CH1"}, {'B', 9, 4, "I2C1_SDA"}, {'B', 9, 5, "SPI2_NSS"}, {'B', 9, 5, "I2S2_WS"},
    {'B', 9, 9, "CAN1_TX"}, {'B', 9, 12, "SDIO_D5"}, {'B', 9, 13, "DCMI_D7"},
    {'B', 10, 1, "TIM2_CH3"}, {'B', 10, 4, "I2C2_SCL"}, {'B', 10, 5, "SPI2_SCK"}, {'B', 10, 5, "I2S2_CK"}, {'B', 10, 7, "USART3_TX"},
    {'B', 10, 10, "OTG_HS_ULPI_D3"}, {'B', 10, 11, "ETH_MII_RX_ER"},
    {'B', 11, 1, "TIM2_CH4"}, {'B', 11, 4, "I2C2_SDA"}, {'B', 11, 7, "USART3_RX"}, {'B', 11, 10, "OTG_HS_ULPI_D4"},
    {'B', 11, 11, "ETH_RMII_TX_EN"},
    {'B', 12, 1, "TIM1_BKIN"}, {'B', 12, 4, "I2C2_SMBA"}, {'B', 12, 5, "SPI2_NSS"}, {'B', 12, 5, "I2S2_WS"}, {'B', 12, 7, "USART3_CK"},
    {'B', 12, 9, "CAN2_RX"}, {'B', 12, 10, "OTG_HS_ULPI_D5"}, {'B', 12, 11, "ETH_RMII_TXD0"}, {'B', 12, 12, "OTG_HS_ID"},
    {'B', 13, 1, "TIM1_CH1N"}, {'B', 13, 5, "SPI2_SCK"}, {'B', 13, 5, "I2S2_CK"}, {'B', 13, 7, "USART3_CTS"}, {'B', 13, 9, "CAN2_TX"},
    {'B', 13, 10, "OTG_HS_ULPI_D6"}, {'B', 13, 11, "ETH_RMII_TXD1"},
    {'B', 14, 1, "TIM1_CH2N"}, {'B', 14, 3, "TIM8_CH2N"}, {'B', 14, 5, "SPI2_MISO"}, {'B', 14, 6, "I2S2_EXTSD"},
    {'B', 14, 7, "USART3_RTS"}, {'B', 14, 9, "TIM12_CH1"}, {'B', 14, 12, "OTG_HS_DM"},
    {'B', 15, 0, "RTC_REFIN"}, {'B', 15, 1, "TIM1_CH3N"}, {'B', 15, 3, "TIM8_CH3N"}, {'B', 15, 5, "SPI2_MOSI"}, {'B', 15, 5, "I2S2_SD"},
    {'B', 15, 9, "TIM12_CH2"}, {'B', 15, 12, "OTG_HS_DP"},
    {'C', 0, 10, "OTG_HS_ULPI_STP"},
    {'C', 1, 11, "ETH_MDC"},
    {'C', 2, 5, "SPI2_MISO"}, {'C', 2, 6, "I2S2_EXTSD"}, {'C', 2, 10, "OTG_HS_ULPI_DIR"}, {'C', 2, 11, "ETH_MII_TXD2"},
    {'C', 3, 5, "SPI2_MOSI"}, {'C', 3, 5, "I2S2_SD"}, {'C', 3, 10, "OTG_HS_ULPI_NXT"}, {'C', 3, 11, "ETH_MII_TX_CLK"},
    {'C', 4, 11, "ETH_RMII_RXD0"},
    {'C', 5, 11, "ETH_RMII_RXD1"},
    {'C', 6, 2, "TIM3_CH1"}, {'C', 6, 3, "TIM8_CH1"}, {'C', 6, 5, "I2S2_MCK"}, {'C', 6, 8, "USART6_TX"}, {'C', 6, 12, "SDIO_D6"},
    {'C', 6, 13, "DCMI_D0"},
    {'C', 7, 2, "TIM3_CH2"}, {'C', 7, 3, "TIM8_CH2"}, {'C', 7, 6, "I2S3_MCK"}, {'C', 7, 8, "USART6_RX"}, {'C', 7, 12, "SDIO_D7"},
    {'C', 7, 13, "DCMI_D1"},
    {'C', 8, 2, "TIM3_CH3"}, {'C', 8, 3, "TIM8_CH3"}, {'C', 8, 8, "USART6_CK"}, {'C', 8, 12, "SDIO_D0"}, {'C', 8, 13, "DCMI_D2"},
    {'C', 9, 0, "MCO2_OUT"}, {'C', 9, 2, "TIM3_CH4"}, {'C', 9, 3, "TIM8_CH4"}, {'C', 9, 4, "I2C3_SDA"}, {'C', 9, 5, "I2S_CKIN"},
    {'C', 9, 12, "SDIO_D1"}, {'C', 9, 13, "DCMI_D3"},
    {'C', 10, 6, "SPI3_SCK"}, {'C', 10, 6, "I2S3_CK"}, {'C', 10, 7, "USART3_TX"}, {'C', 10, 8, "UART4_TX"}, {'C', 10, 12, "SDIO_D2"},
    {'C', 10, 13, "DCMI_D8"},
    {'C', 11, 5, "I2S3_EXTSD"}, {'C', 11, 6, "SPI3_MISO"}, {'C', 11, 7, "USART3_RX"}, {'C', 11, 8, "UART4_RX"}, {'C', 11, 12, "SDIO_D3"},
    {'C', 11, 13, "DCMI_D4"},
    {'C', 12, 6, "SPI3_MOSI"}, {'C', 12, 6, "I2S3_SD"}, {'C', 12, 7, "USART3_CK"}, {'C', 12, 8, "UART5_TX"}, {'C', 12, 12, "SDIO_CK"},
    {'C', 12, 13, "DCMI_D9"},
    {'D', 2, 2, "TIM3_ETR"}, {'D', 2, 8, "UART5_RX"}, {'D', 2, 12, "SDIO_CMD"}, {'D', 2, 13, "DCMI_D11"},
    {0, 0, 0, NULL},
};

const struct af *af_of_pin(const struct gpio *g, size_t *count) {
    const struct af *first = af_table;
    while (first->signal && !(first->port - 'A' == g->port && first->bit == g->bit)) first++;
    *count = 0;
    if (!first->signal) return NULL;
    while (first[*count].signal && first[*count].port == first->port && first[*count].bit == first->bit) ++*count;
    return first;
}

const struct af *af_find(const struct gpio *g, unsigned af, const char *unit) {
    size_t count;
    const struct af *a = af_of_pin(g, &count);
    for (; count > 0; count--, a++) {
        if (a->af != af) continue;
        size_t n = strcspn(a->signal, "_");
        if (!unit || (strlen(unit) == n && strncmp(a->signal, unit, n) == 0)) return a;
    }
    return NULL;
}

bool af_is(const struct af *af, const char *kind, unsigned *number, const char **rest) {
    size_t n = strlen(kind);
    if (strncmp(af->signal, kind, n) != 0 || af->signal[n] < '0' || af->signal[n] > '9') return false;
    char *end;
    *number = (unsigned)strtoul(af->signal + n, &end, 10);
    if (*end != '_') return false;
    *rest = end + 1;
    return true;
}
