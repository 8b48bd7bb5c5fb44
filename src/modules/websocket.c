// SPDX-License-Identifier: MIT
// Module websocket: the frames of RFC 6455 on any stream, after its handshake.
//
// Invariants
//  - A header is read byte by byte into `head`, as the stream gives them: `have` of `need` bytes, then what its bits ask for more.
//  - `left` counts the bytes of the running frame that were not read yet. Frames of a message are one stream of bytes.
//  - A ping is not answered and a pong is thrown away; a close frame is answered, and is the end. Frames of 64 KB and more are EIO, and
//    ENOBUFS when written.
#include "heap/heap.h"
#include "modules/stream.h"
#include "objects/map.h"
#include "objects/types.h"
#include "run/raise.h"

#include <errno.h>

enum { OPCODE = 0x0f, TEXT = 1, BINARY = 2, CLOSE = 8, FINAL = 0x80, MASKED = 0x80, LENGTH = 0x7f, LENGTH_16 = 126, LENGTH_64 = 127 };
enum { HEAD_ROOM = 8, BLOCKING = 1, ENDED = 2, LARGEST = 0xffff };

struct websocket { // 2 words and 24 bytes
    const struct type *type;
    obj_t stream;
    uint32_t left;
    uint8_t head[HEAD_ROOM]; // opcode, length, 16 bits of length, 4 of mask, as far as they are there
    uint8_t have, need;
    uint8_t mask[4], mask_at;
    uint8_t in_frame;        // the header is complete
    uint8_t opcode_out, flags;
    uint8_t opcode_in;       // of the last header
};
static const struct type type_websocket;

static struct websocket *websocket_self(obj_t o) {
    obj_t native = obj_native(o, &type_websocket);
    if (native == OBJ_NULL) raise_format(&type_TypeError, "argument should be a 'websocket' not a '%s'", obj_type_name(o));
    return (struct websocket *)native;
}

static obj_t websocket_construct(const struct type *type, size_t n, size_t kw, const obj_t *args) {
    args_no_keywords(kw);
    args_check(n, kw, 1, 2, false);
    const struct stream_ops *ops = obj_stream(args[0]);
    if (!ops->read || !ops->write || !ops->ioctl) raise_message(&type_OSError, "stream operation not supported");
    struct websocket *w = heap_new(2, 24, HEAP_REFS);
    w->type = type;
    w->stream = args[0];
    w->need = 2;
    w->opcode_out = TEXT;
    w->flags = n > 1 && obj_true(args[1]) ? BLOCKING : 0;
    return OBJ_PTR(w);
}

// ---- reading -----------------------------------------------------------------------------------------------------------
static unsigned frame_extra(const struct websocket *w) { // bytes of the header behind the first two
    return ((w->head[1] & LENGTH) == LENGTH_16 ? 2u : 0) + (w->head[1] & MASKED ? 4u : 0);
}

// The header is there: takes length and mask out of it.
static void frame_begin(struct websocket *w) {
    const uint8_t *rest = w->head + 2;
    w->left = w->head[1] & LENGTH;
    if (w->left == LENGTH_16) {
        w->left = (uint32_t)rest[0] << 8 | rest[1];
        rest += 2;
    }
    memset(w->mask, 0, sizeof(w->mask));
    if (w->head[1] & MASKED) memcpy(w->mask, rest, sizeof(w->mask));
    w->mask_at = 0;
    w->in_frame = true;
    w->opcode_in = w->head[0] & OPCODE;
    w->have = 0;
    w->need = 2;
}

// Reads on in the header. 1: it is complete, 0: the stream ended, -1: *error.
static ptrdiff_t frame_head(struct websocket *w, const struct stream_ops *ops, int *error) {
    for (;;) {
        if (w->have == w->need) {
            if (w->need == 2) {
                if ((w->head[1] & LENGTH) == LENGTH_64) { // framing is lost
                    *error = EIO;
                    return -1;
                }
                w->need = (uint8_t)(2 + frame_extra(w));
            }
            if (w->have == w->need) return 1;
        }
        uint8_t in[HEAD_ROOM]; // the stream may run code that reads this socket too: nothing of it is written to directly
        ptrdiff_t n = ops->read(w->stream, in, w->need - w->have, error);
        if (n <= 0) return n;
        if ((size_t)n > (size_t)(w->need - w->have)) n = w->need - w->have;
        memcpy(w->head + w->have, in, (size_t)n);
        w->have += (uint8_t)n;
    }
}

static ptrdiff_t frame_payload(struct websocket *w, const struct stream_ops *ops, uint8_t *data, size_t len, int *error) {
    size_t most = len < w->left ? len : w->left;
    ptrdiff_t n = ops->read(w->stream, data, most, error);
    if (n <= 0) return n;
    if ((size_t)n > w->left) n = w->left;
    for (ptrdiff_t i = 0; i < n; i++) data[i] ^= w->mask[w->mask_at++ & 3];
    w->left -= (uint32_t)n;
    if (w->left == 0) w->in_frame = false;
    return n;
}

static void websocket_answer_close(struct websocket *w, const struct stream_ops *ops) {
    static const uint8_t frame[2] = {FINAL | CLOSE, 0};
    int error;
    if (!(w->flags & ENDED)) ops->write(w->stream, frame, sizeof(frame), &error); // the peer may be gone: so be it
    w->flags |= ENDED;
}

static ptrdiff_t websocket_read(obj_t self, void *data, size_t len, int *error) {
    struct websocket *w = websocket_self(self);
    const struct stream_ops *ops = obj_stream(w->stream);
    while (!(w->flags & ENDED) && len > 0) {
        if (!w->in_frame) {
            ptrdiff_t r = frame_head(w, ops, error);
            if (r <= 0) return r;
            frame_begin(w);
        }
        if (w->left > 0) {
            bool control = w->opcode_in >= CLOSE;
            uint8_t waste[16];
            ptrdiff_t n = frame_payload(w, ops, control ? waste : data, control && len > sizeof(waste) ? sizeof(waste) : len, error);
            if (n <= 0 || !control) return n;
        }
        if (w->left > 0) continue;
        w->in_frame = false;
        if (w->opcode_in == CLOSE) websocket_answer_close(w, ops);
    }
    return 0;
}

// ---- writing and requests ----------------------------------------------------------------------------------------------------
static void websocket_set_blocking(const struct websocket *w, bool on) {
    if (w->flags & BLOCKING) call_method_1(w->stream, Q_setblocking, obj_bool(on));
}

static ptrdiff_t websocket_write(obj_t self, const void *data, size_t len, int *error) {
    struct websocket *w = websocket_self(self);
    uint8_t head[4] = {(uint8_t)(FINAL | w->opcode_out), (uint8_t)len};
    size_t head_len = 2;
    if (len > LARGEST) {
        *error = ENOBUFS;
        return -1;
    }
    if (len >= LENGTH_16) {
        head[1] = LENGTH_16;
        head[2] = (uint8_t)(len >> 8);
        head[3] = (uint8_t)len;
        head_len = 4;
    }
    websocket_set_blocking(w, true);
    stream_write_all(w->stream, head, head_len);
    stream_write_all(w->stream, data, len);
    websocket_set_blocking(w, false);
    return (ptrdiff_t)len;
}

static ptrdiff_t websocket_ioctl(obj_t self, unsigned request, uintptr_t arg, int *error) {
    struct websocket *w = websocket_self(self);
    const struct stream_ops *ops = obj_stream(w->stream);
    ptrdiff_t before = w->opcode_out;
    switch (request) {
    case STREAM_GET_DATA_OPTS: return w->opcode_in;
    case STREAM_SET_DATA_OPTS: w->opcode_out = (uint8_t)(arg & OPCODE); return before;
    case STREAM_CLOSE: websocket_answer_close(w, ops); return ops->ioctl(w->stream, STREAM_CLOSE, 0, error);
    case STREAM_FILENO: *error = EINVAL; return -1; // what was read already would be missed
    default: return ops->ioctl(w->stream, request, arg, error);
    }
}

static const struct map_slot websocket_type_members[] = {
    MEMBER(close, &stream_close_fn),
    MEMBER(ioctl, &stream_ioctl_fn),
    MEMBER(read, &stream_read_fn),
    MEMBER(readinto, &stream_readinto_fn),
    MEMBER(readline, &stream_readline_fn),
    MEMBER(write, &stream_write_fn),
};
static FIXED_DICT(websocket_type_dict, websocket_type_members);
static const struct stream_ops websocket_stream = {websocket_read, websocket_write, websocket_ioctl, false};
static const struct type_ops websocket_ops = {.construct = websocket_construct, .stream = &websocket_stream};
static const struct type type_websocket = {
    .type = &type_type, .name = Q_websocket, .ops = &websocket_ops, .members = &websocket_type_dict};

static const struct map_slot websocket_members[] = {
    MEMBER(__name__, OBJ_QSTR(Q_websocket)),
    MEMBER(websocket, &type_websocket),
};
static FIXED_DICT(websocket_dict, websocket_members);
const struct module module_websocket = {&type_module, &websocket_dict, {0}};
MODULE(websocket, false, NULL, "");
