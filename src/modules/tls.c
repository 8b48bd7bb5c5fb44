// SPDX-License-Identifier: MIT
// Module tls: TLS and DTLS over any stream, by mbedTLS. This file is the table, the errors and the random numbers.
//
// needs: mbedtls
#include "modules/tls.h"
#include "host.h"
#include "objects/map.h"
#include "objects/str.h"
#include "objects/types.h"
#include "run/raise.h"

#include <errno.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/pem.h>
#include <mbedtls/version.h>

static const struct { int version, number; const char *name; } errors[] = {
#define TLS_ERROR(name) {MBEDTLS_VERSION_MAJOR, MBEDTLS_ERR_##name, "MBEDTLS_ERR_" #name},
#define TLS_ERROR_OF(version, number, name) {version, number, "MBEDTLS_ERR_" #name},
#include "modules/tls_errors.def"
#undef TLS_ERROR
#undef TLS_ERROR_OF
};

// mbedTLS adds a reason of a lower layer (7 bits) to the error of the upper one.
static const char *error_name(int error) {
    enum { LOWER = 0x7f };
    for (int pass = 0; pass < 2; pass++) {
        int wanted = pass == 0 ? error : -(-error & ~LOWER);
        for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
            if (errors[i].version == MBEDTLS_VERSION_MAJOR && errors[i].number == wanted) return errors[i].name;
    }
    return "MBEDTLS_ERR_UNKNOWN";
}

void tls_raise(int error, uint32_t verify_flags) {
    if (error == MBEDTLS_ERR_SSL_ALLOC_FAILED || error == MBEDTLS_ERR_X509_ALLOC_FAILED || error == MBEDTLS_ERR_PK_ALLOC_FAILED)
        raise_os(ENOMEM);
    if (error == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED && verify_flags) {
        char text[512];
        if (mbedtls_x509_crt_verify_info(text, sizeof(text), "\n", verify_flags) < 0) text[0] = 0;
        raise_value(&type_ValueError, str_new(text, strlen(text)));
    }
    const char *name = error_name(error);
    obj_t args[2] = {OBJ_INT(error), str_new(name, strlen(name))};
    raise_object(exception_new(&type_OSError, 2, args));
}

int tls_random(void *unused, unsigned char *out, size_t len) {
    (void)unused;
    for (size_t done = 0; done < len; done += sizeof(uint32_t)) {
        uint32_t word = host_random();
        memcpy(out + done, &word, len - done < sizeof(word) ? len - done : sizeof(word));
    }
    return 0;
}

static struct str version = {
    .type = &type_str, .len = sizeof(MBEDTLS_VERSION_STRING_FULL) - 1, .data = MBEDTLS_VERSION_STRING_FULL};

static const struct map_slot tls_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_tls)),
    MEMBER(SSLContext, &type_SSLContext),
    MEMBER(MBEDTLS_VERSION, &version),
    MEMBER(PROTOCOL_TLS_CLIENT, OBJ_INT(PROTOCOL_TLS_CLIENT)),
    MEMBER(PROTOCOL_TLS_SERVER, OBJ_INT(PROTOCOL_TLS_SERVER)),
    MEMBER(PROTOCOL_DTLS_CLIENT, OBJ_INT(PROTOCOL_DTLS_CLIENT)),
    MEMBER(PROTOCOL_DTLS_SERVER, OBJ_INT(PROTOCOL_DTLS_SERVER)),
    MEMBER(CERT_NONE, OBJ_INT(MBEDTLS_SSL_VERIFY_NONE)),
    MEMBER(CERT_OPTIONAL, OBJ_INT(MBEDTLS_SSL_VERIFY_OPTIONAL)),
    MEMBER(CERT_REQUIRED, OBJ_INT(MBEDTLS_SSL_VERIFY_REQUIRED)),
};
static FIXED_DICT(tls_dict, tls_members);
const struct module module_tls = {&type_module, &tls_dict, {0}};
MODULE(tls, false, NULL, "");
