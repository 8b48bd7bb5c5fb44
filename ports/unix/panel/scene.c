// SPDX-License-Identifier: MIT
// The sequence lock and the ring of inputs of struct scene: see the invariants in scene.h.
#include "ports/unix/panel/scene.h"

#include <string.h>

bool scene_read(struct scene *scene, struct scene_now *out) {
    uint32_t before = atomic_load_explicit(&scene->sequence, memory_order_acquire);
    if (before & 1) return false;
    size_t head = offsetof(struct scene_now, map);
    memcpy(out, &scene->now, head);
    uint32_t blocks = out->n_blocks < SCENE_BLOCKS ? out->n_blocks : SCENE_BLOCKS;
    memcpy(out->map, scene->now.map, blocks);
    atomic_thread_fence(memory_order_acquire);
    return atomic_load_explicit(&scene->sequence, memory_order_relaxed) == before;
}

void scene_input_put(struct scene *scene, const struct scene_input *input) {
    uint64_t head = atomic_load(&scene->input_head);
    if (head - atomic_load(&scene->input_tail) >= SCENE_INPUTS) return;
    scene->inputs[head % SCENE_INPUTS] = *input;
    atomic_store(&scene->input_head, head + 1);
}

bool scene_input_take(struct scene *scene, struct scene_input *out) {
    uint64_t tail = atomic_load(&scene->input_tail);
    if (tail == atomic_load(&scene->input_head)) return false;
    *out = scene->inputs[tail % SCENE_INPUTS];
    atomic_store(&scene->input_tail, tail + 1);
    return true;
}

size_t scene_typed_put(struct scene *scene, const char *bytes, size_t n) {
    uint64_t head = atomic_load(&scene->typed_head), used = head - atomic_load(&scene->typed_tail);
    size_t room = used < SCENE_TYPED ? (size_t)(SCENE_TYPED - used) : 0;
    if (n > room) n = room;
    for (size_t i = 0; i < n; i++) scene->typed[(head + i) % SCENE_TYPED] = bytes[i];
    atomic_store(&scene->typed_head, head + n);
    return n;
}

void scene_typed_take(struct scene *scene, size_t (*take)(const char *bytes, size_t n)) {
    for (;;) {
        uint64_t tail = atomic_load(&scene->typed_tail), there = atomic_load(&scene->typed_head) - tail, at = tail % SCENE_TYPED;
        if (there == 0 || there > SCENE_TYPED) return; // more than the ring holds: not the panel's doing
        size_t part = there < SCENE_TYPED - at ? (size_t)there : (size_t)(SCENE_TYPED - at), taken = take(scene->typed + at, part);
        atomic_store(&scene->typed_tail, tail + taken);
        if (taken < part) return;
    }
}
