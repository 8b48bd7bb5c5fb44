// SPDX-License-Identifier: MIT
// Names of the STM32F405's registers.
//
// Invariants
//  - Units are in the order of their names, registers of a kind in the order of their offsets; a name is that of the reference manual,
//    arrays counted as the vendor's header does (AFR0 is AFRL).
//  - Reset values of units that are emulated are what the firmware leaves, and come from the unit; those here are of all the others.
#include "emu/chip/registers.h"

#include <string.h>

const struct register_unit register_units[] = {
    {"ADC1", 0x40012000, 0x100, "ADC"}, {"ADC2", 0x40012100, 0x100, "ADC"}, {"ADC3", 0x40012200, 0x100, "ADC"},
    {"ADC", 0x40012300, 0x100, "ADC_COMMON"}, {"CAN1", 0x40006400, 0x400, "CAN"}, {"CAN2", 0x40006800, 0x400, "CAN"},
    {"CRC", 0x40023000, 0x400, "CRC"}, {"DAC", 0x40007400, 0x400, "DAC"}, {"DBGMCU", 0xe0042000, 0x400, "DBGMCU"},
    {"DMA1", 0x40026000, 0x400, "DMA"}, {"DMA2", 0x40026400, 0x400, "DMA"}, {"EXTI", 0x40013c00, 0x400, "EXTI"},
    {"FLASH", 0x40023c00, 0x400, "FLASH"}, {"GPIOA", 0x40020000, 0x400, "GPIO"}, {"GPIOB", 0x40020400, 0x400, "GPIO"},
    {"GPIOC", 0x40020800, 0x400, "GPIO"}, {"GPIOD", 0x40020c00, 0x400, "GPIO"}, {"GPIOE", 0x40021000, 0x400, "GPIO"},
    {"GPIOF", 0x40021400, 0x400, "GPIO"}, {"GPIOG", 0x40021800, 0x400, "GPIO"}, {"GPIOH", 0x40021c00, 0x400, "GPIO"},
    {"GPIOI", 0x40022000, 0x400, "GPIO"}, {"I2C1", 0x40005400, 0x400, "I2C"}, {"I2C2", 0x40005800, 0x400, "I2C"},
    {"I2C3", 0x40005c00, 0x400, "I2C"}, {"I2S2ext", 0x40003400, 0x400, "SPI"}, {"I2S3ext", 0x40004000, 0x400, "SPI"},
    {"IWDG", 0x40003000, 0x400, "IWDG"}, {"PWR", 0x40007000, 0x400, "PWR"}, {"RCC", 0x40023800, 0x400, "RCC"},
    {"RNG", 0x50060800, 0x400, "RNG"}, {"RTC", 0x40002800, 0x400, "RTC"}, {"SDIO", 0x40012c00, 0x400, "SDIO"},
    {"SPI1", 0x40013000, 0x400, "SPI"}, {"SPI2", 0x40003800, 0x400, "SPI"}, {"SPI3", 0x40003c00, 0x400, "SPI"},
    {"SYSCFG", 0x40013800, 0x400, "SYSCFG"}, {"TIM1", 0x40010000, 0x400, "TIM"}, {"TIM10", 0x40014400, 0x400, "TIM"},
    {"TIM11", 0x40014800, 0x400, "TIM"}, {"TIM12", 0x40001800, 0x400, "TIM"}, {"TIM13", 0x40001c00, 0x400, "TIM"},
    {"TIM14", 0x40002000, 0x400, "TIM"}, {"TIM2", 0x40000000, 0x400, "TIM"}, {"TIM3", 0x40000400, 0x400, "TIM"},
    {"TIM4", 0x40000800, 0x400, "TIM"}, {"TIM5", 0x40000c00, 0x400, "TIM"}, {"TIM6", 0x40001000, 0x400, "TIM"},
    {"TIM7", 0x40001400, 0x400, "TIM"}, {"TIM8", 0x40010400, 0x400, "TIM"}, {"TIM9", 0x40014000, 0x400, "TIM"},
    {"UART4", 0x40004c00, 0x400, "USART"}, {"UART5", 0x40005000, 0x400, "USART"}, {"USART1", 0x40011000, 0x400, "USART"},
    {"USART2", 0x40004400, 0x400, "USART"}, {"USART3", 0x40004800, 0x400, "USART"}, {"USART6", 0x40011400, 0x400, "USART"},
    {"WWDG", 0x40002c00, 0x400, "WWDG"}, {"UID", 0x1fff7a10, 0x10, "UID"}, {"FLASHSIZE", 0x1fff7a20, 0x10, "FLASHSIZE"},
    {NULL, 0, 0, NULL},
};

const struct register_name register_names[] = {
    {"ADC", "SR", 0x0, 0}, {"ADC", "CR1", 0x4, 0}, {"ADC", "CR2", 0x8, 0}, {"ADC", "SMPR1", 0xc, 0}, {"ADC", "SMPR2", 0x10, 0},
    {"ADC", "JOFR1", 0x14, 0}, {"ADC", "JOFR2", 0x18, 0}, {"ADC", "JOFR3", 0x1c, 0}, {"ADC", "JOFR4", 0x20, 0},
    {"ADC", "HTR", 0x24, 0xfff}, {"ADC", "LTR", 0x28, 0}, {"ADC", "SQR1", 0x2c, 0}, {"ADC", "SQR2", 0x30, 0}, {"ADC", "SQR3", 0x34, 0},
    {"ADC", "JSQR", 0x38, 0}, {"ADC", "JDR1", 0x3c, 0}, {"ADC", "JDR2", 0x40, 0}, {"ADC", "JDR3", 0x44, 0}, {"ADC", "JDR4", 0x48, 0},
    {"ADC", "DR", 0x4c, 0},
    {"ADC_COMMON", "CSR", 0x0, 0}, {"ADC_COMMON", "CCR", 0x4, 0}, {"ADC_COMMON", "CDR", 0x8, 0},
    {"CAN", "MCR", 0x0, 0x10002}, {"CAN", "MSR", 0x4, 0xc02}, {"CAN", "TSR", 0x8, 0x1c000000}, {"CAN", "RF0R", 0xc, 0},
    {"CAN", "RF1R", 0x10, 0}, {"CAN", "IER", 0x14, 0}, {"CAN", "ESR", 0x18, 0}, {"CAN", "BTR", 0x1c, 0x01230000},
    {"CAN", "FMR", 0x200, 0x2a1c0e01}, {"CAN", "FM1R", 0x204, 0}, {"CAN", "FS1R", 0x20c, 0}, {"CAN", "FFA1R", 0x214, 0},
    {"CAN", "FA1R", 0x21c, 0},
    {"CRC", "DR", 0x0, 0xffffffff}, {"CRC", "IDR", 0x4, 0}, {"CRC", "CR", 0x8, 0},
    {"DAC", "CR", 0x0, 0}, {"DAC", "SWTRIGR", 0x4, 0}, {"DAC", "DHR12R1", 0x8, 0}, {"DAC", "DHR12L1", 0xc, 0}, {"DAC", "DHR8R1", 0x10, 0},
    {"DAC", "DHR12R2", 0x14, 0}, {"DAC", "DHR12L2", 0x18, 0}, {"DAC", "DHR8R2", 0x1c, 0}, {"DAC", "DHR12RD", 0x20, 0},
    {"DAC", "DHR12LD", 0x24, 0}, {"DAC", "DHR8RD", 0x28, 0}, {"DAC", "DOR1", 0x2c, 0}, {"DAC", "DOR2", 0x30, 0}, {"DAC", "SR", 0x34, 0},
    {"DBGMCU", "IDCODE", 0x0, 0x10076413}, {"DBGMCU", "CR", 0x4, 0}, {"DBGMCU", "APB1FZ", 0x8, 0}, {"DBGMCU", "APB2FZ", 0xc, 0},
    {"DMA", "LISR", 0x0, 0}, {"DMA", "HISR", 0x4, 0}, {"DMA", "LIFCR", 0x8, 0}, {"DMA", "HIFCR", 0xc, 0},
    {"EXTI", "IMR", 0x0, 0}, {"EXTI", "EMR", 0x4, 0}, {"EXTI", "RTSR", 0x8, 0}, {"EXTI", "FTSR", 0xc, 0}, {"EXTI", "SWIER", 0x10, 0},
    {"EXTI", "PR", 0x14, 0},
    {"FLASH", "ACR", 0x0, 0x705}, {"FLASH", "KEYR", 0x4, 0}, {"FLASH", "OPTKEYR", 0x8, 0}, {"FLASH", "SR", 0xc, 0},
    {"FLASH", "CR", 0x10, 0x80000000}, {"FLASH", "OPTCR", 0x14, 0x0fffaaed}, {"FLASH", "OPTCR1", 0x18, 0x0fff0000},
    {"GPIO", "MODER", 0x0, 0}, {"GPIO", "OTYPER", 0x4, 0}, {"GPIO", "OSPEEDR", 0x8, 0}, {"GPIO", "PUPDR", 0xc, 0},
    {"GPIO", "IDR", 0x10, 0}, {"GPIO", "ODR", 0x14, 0}, {"GPIO", "BSRR", 0x18, 0}, {"GPIO", "LCKR", 0x1c, 0}, {"GPIO", "AFR0", 0x20, 0},
    {"GPIO", "AFR1", 0x24, 0},
    {"I2C", "CR1", 0x0, 0}, {"I2C", "CR2", 0x4, 0}, {"I2C", "OAR1", 0x8, 0}, {"I2C", "OAR2", 0xc, 0}, {"I2C", "DR", 0x10, 0},
    {"I2C", "SR1", 0x14, 0}, {"I2C", "SR2", 0x18, 0}, {"I2C", "CCR", 0x1c, 0}, {"I2C", "TRISE", 0x20, 0x2}, {"I2C", "FLTR", 0x24, 0},
    {"IWDG", "KR", 0x0, 0}, {"IWDG", "PR", 0x4, 0}, {"IWDG", "RLR", 0x8, 0xfff}, {"IWDG", "SR", 0xc, 0},
    {"PWR", "CR", 0x0, 0x4000}, {"PWR", "CSR", 0x4, 0x4000},
    {"RCC", "CR", 0x0, 0}, {"RCC", "PLLCFGR", 0x4, 0}, {"RCC", "CFGR", 0x8, 0}, {"RCC", "CIR", 0xc, 0}, {"RCC", "AHB1RSTR", 0x10, 0},
    {"RCC", "AHB2RSTR", 0x14, 0}, {"RCC", "AHB3RSTR", 0x18, 0}, {"RCC", "APB1RSTR", 0x20, 0}, {"RCC", "APB2RSTR", 0x24, 0},
    {"RCC", "AHB1ENR", 0x30, 0}, {"RCC", "AHB2ENR", 0x34, 0}, {"RCC", "AHB3ENR", 0x38, 0}, {"RCC", "APB1ENR", 0x40, 0},
    {"RCC", "APB2ENR", 0x44, 0}, {"RCC", "AHB1LPENR", 0x50, 0}, {"RCC", "AHB2LPENR", 0x54, 0}, {"RCC", "AHB3LPENR", 0x58, 0},
    {"RCC", "APB1LPENR", 0x60, 0}, {"RCC", "APB2LPENR", 0x64, 0}, {"RCC", "BDCR", 0x70, 0}, {"RCC", "CSR", 0x74, 0},
    {"RCC", "SSCGR", 0x80, 0}, {"RCC", "PLLI2SCFGR", 0x84, 0},
    {"RNG", "CR", 0x0, 0}, {"RNG", "SR", 0x4, 0}, {"RNG", "DR", 0x8, 0},
    {"RTC", "TR", 0x0, 0}, {"RTC", "DR", 0x4, 0x2101}, {"RTC", "CR", 0x8, 0}, {"RTC", "ISR", 0xc, 0x7}, {"RTC", "PRER", 0x10, 0x7f00ff},
    {"RTC", "WUTR", 0x14, 0xffff}, {"RTC", "CALIBR", 0x18, 0}, {"RTC", "ALRMAR", 0x1c, 0}, {"RTC", "ALRMBR", 0x20, 0},
    {"RTC", "WPR", 0x24, 0}, {"RTC", "SSR", 0x28, 0}, {"RTC", "SHIFTR", 0x2c, 0}, {"RTC", "TSTR", 0x30, 0}, {"RTC", "TSDR", 0x34, 0},
    {"RTC", "TSSSR", 0x38, 0}, {"RTC", "CALR", 0x3c, 0}, {"RTC", "TAFCR", 0x40, 0}, {"RTC", "ALRMASSR", 0x44, 0},
    {"RTC", "ALRMBSSR", 0x48, 0}, {"RTC", "BKP0R", 0x50, 0}, {"RTC", "BKP1R", 0x54, 0}, {"RTC", "BKP2R", 0x58, 0},
    {"RTC", "BKP3R", 0x5c, 0}, {"RTC", "BKP4R", 0x60, 0}, {"RTC", "BKP5R", 0x64, 0}, {"RTC", "BKP6R", 0x68, 0}, {"RTC", "BKP7R", 0x6c, 0},
    {"RTC", "BKP8R", 0x70, 0}, {"RTC", "BKP9R", 0x74, 0}, {"RTC", "BKP10R", 0x78, 0}, {"RTC", "BKP11R", 0x7c, 0},
    {"RTC", "BKP12R", 0x80, 0}, {"RTC", "BKP13R", 0x84, 0}, {"RTC", "BKP14R", 0x88, 0}, {"RTC", "BKP15R", 0x8c, 0},
    {"RTC", "BKP16R", 0x90, 0}, {"RTC", "BKP17R", 0x94, 0}, {"RTC", "BKP18R", 0x98, 0}, {"RTC", "BKP19R", 0x9c, 0},
    {"SDIO", "POWER", 0x0, 0}, {"SDIO", "CLKCR", 0x4, 0}, {"SDIO", "ARG", 0x8, 0}, {"SDIO", "CMD", 0xc, 0}, {"SDIO", "RESPCMD", 0x10, 0},
    {"SDIO", "RESP1", 0x14, 0}, {"SDIO", "RESP2", 0x18, 0}, {"SDIO", "RESP3", 0x1c, 0}, {"SDIO", "RESP4", 0x20, 0},
    {"SDIO", "DTIMER", 0x24, 0}, {"SDIO", "DLEN", 0x28, 0}, {"SDIO", "DCTRL", 0x2c, 0}, {"SDIO", "DCOUNT", 0x30, 0},
    {"SDIO", "STA", 0x34, 0}, {"SDIO", "ICR", 0x38, 0}, {"SDIO", "MASK", 0x3c, 0}, {"SDIO", "FIFOCNT", 0x48, 0},
    {"SDIO", "FIFO", 0x80, 0},
    {"SPI", "CR1", 0x0, 0}, {"SPI", "CR2", 0x4, 0}, {"SPI", "SR", 0x8, 0x2}, {"SPI", "DR", 0xc, 0}, {"SPI", "CRCPR", 0x10, 0x7},
    {"SPI", "RXCRCR", 0x14, 0}, {"SPI", "TXCRCR", 0x18, 0}, {"SPI", "I2SCFGR", 0x1c, 0}, {"SPI", "I2SPR", 0x20, 0x2},
    {"SYSCFG", "MEMRMP", 0x0, 0}, {"SYSCFG", "PMC", 0x4, 0}, {"SYSCFG", "EXTICR0", 0x8, 0}, {"SYSCFG", "EXTICR1", 0xc, 0},
    {"SYSCFG", "EXTICR2", 0x10, 0}, {"SYSCFG", "EXTICR3", 0x14, 0}, {"SYSCFG", "CMPCR", 0x20, 0},
    {"TIM", "CR1", 0x0, 0}, {"TIM", "CR2", 0x4, 0}, {"TIM", "SMCR", 0x8, 0}, {"TIM", "DIER", 0xc, 0}, {"TIM", "SR", 0x10, 0},
    {"TIM", "EGR", 0x14, 0}, {"TIM", "CCMR1", 0x18, 0}, {"TIM", "CCMR2", 0x1c, 0}, {"TIM", "CCER", 0x20, 0}, {"TIM", "CNT", 0x24, 0},
    {"TIM", "PSC", 0x28, 0}, {"TIM", "ARR", 0x2c, 0}, {"TIM", "RCR", 0x30, 0}, {"TIM", "CCR1", 0x34, 0}, {"TIM", "CCR2", 0x38, 0},
    {"TIM", "CCR3", 0x3c, 0}, {"TIM", "CCR4", 0x40, 0}, {"TIM", "BDTR", 0x44, 0}, {"TIM", "DCR", 0x48, 0}, {"TIM", "DMAR", 0x4c, 0},
    {"TIM", "OR", 0x50, 0},
    {"USART", "SR", 0x0, 0xc0}, {"USART", "DR", 0x4, 0}, {"USART", "BRR", 0x8, 0}, {"USART", "CR1", 0xc, 0}, {"USART", "CR2", 0x10, 0},
    {"USART", "CR3", 0x14, 0}, {"USART", "GTPR", 0x18, 0},
    {"WWDG", "CR", 0x0, 0x7f}, {"WWDG", "CFR", 0x4, 0x7f}, {"WWDG", "SR", 0x8, 0},
    {"UID", "0", 0x0, 0}, {"UID", "1", 0x4, 0}, {"UID", "2", 0x8, 0},
    {"FLASHSIZE", "KB", 0x0, 0},
    {NULL, NULL, 0, 0},
};

const struct register_unit *register_unit_at(uint32_t address) {
    static const struct register_unit *last = register_units; // loops stay with one unit
    if (address - last->base < last->bytes) return last;
    for (const struct register_unit *u = register_units; u->name; u++)
        if (address - u->base < u->bytes) return last = u;
    return NULL;
}

const struct register_name *register_name_at(const struct register_unit *unit, uint32_t offset) {
    for (const struct register_name *r = register_names; r->kind; r++)
        if (strcmp(r->kind, unit->kind) == 0 && r->offset == (offset & ~3u)) return r;
    return NULL;
}
