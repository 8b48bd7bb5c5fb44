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
