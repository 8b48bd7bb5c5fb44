// SPDX-License-Identifier: MIT
// The method tables of str, bytes and bytearray, in the order in which MicroPython lists them. One set of functions serves all three.
#include "objects/text.h"
#include "objects/types.h"

BUILTIN_VAR(find_fn, 2, 4, text_method_find);
BUILTIN_VAR(rfind_fn, 2, 4, text_method_rfind);
BUILTIN_VAR(index_fn, 2, 4, text_method_index);
BUILTIN_VAR(rindex_fn, 2, 4, text_method_rindex);
BUILTIN_2(join_fn, text_method_join);
BUILTIN_VAR(split_fn, 1, 3, text_method_split);
BUILTIN_KW(splitlines_fn, 1, 255, text_method_splitlines);
BUILTIN_VAR(rsplit_fn, 1, 3, text_method_rsplit);
BUILTIN_VAR(startswith_fn, 2, 4, text_method_startswith);
BUILTIN_VAR(endswith_fn, 2, 4, text_method_endswith);
BUILTIN_VAR(strip_fn, 1, 2, text_method_strip);
BUILTIN_VAR(lstrip_fn, 1, 2, text_method_lstrip);
BUILTIN_VAR(rstrip_fn, 1, 2, text_method_rstrip);
BUILTIN_KW(format_fn, 1, 255, text_method_format);
BUILTIN_VAR(replace_fn, 3, 4, text_method_replace);
BUILTIN_VAR(count_fn, 2, 4, text_method_count);
BUILTIN_2(partition_fn, text_method_partition);
BUILTIN_2(rpartition_fn, text_method_rpartition);
BUILTIN_2(center_fn, text_method_center);
BUILTIN_1(lower_fn, text_method_lower);
BUILTIN_1(upper_fn, text_method_upper);
BUILTIN_1(isspace_fn, text_method_isspace);
BUILTIN_1(isalpha_fn, text_method_isalpha);
BUILTIN_1(isdigit_fn, text_method_isdigit);
BUILTIN_1(isupper_fn, text_method_isupper);
BUILTIN_1(islower_fn, text_method_islower);
BUILTIN_VAR(encode_fn, 1, 3, text_method_encode);
BUILTIN_VAR(decode_fn, 1, 3, text_method_decode);
BUILTIN_2(fromhex_builtin, text_method_fromhex);
BUILTIN_2(append_fn, array_method_append);
BUILTIN_2(extend_fn, array_method_extend);
const struct builtin text_hex_fn = {BUILTIN_TYPE(FORM_VAR), FORM_VAR, 1, 2, 0, {.var = text_method_hex}};
static const struct wrapped fromhex_fn = {&type_classmethod, (obj_t)&fromhex_builtin};

static const struct map_slot str_members[] = {
    MEMBER(find, &find_fn), MEMBER(rfind, &rfind_fn), MEMBER(index, &index_fn), MEMBER(rindex, &rindex_fn),
    MEMBER(join, &join_fn), MEMBER(split, &split_fn), MEMBER(splitlines, &splitlines_fn), MEMBER(rsplit, &rsplit_fn),
    MEMBER(startswith, &startswith_fn), MEMBER(endswith, &endswith_fn), MEMBER(strip, &strip_fn), MEMBER(lstrip, &lstrip_fn),
    MEMBER(rstrip, &rstrip_fn), MEMBER(format, &format_fn), MEMBER(replace, &replace_fn), MEMBER(count, &count_fn),
    MEMBER(partition, &partition_fn), MEMBER(rpartition, &rpartition_fn), MEMBER(center, &center_fn), MEMBER(lower, &lower_fn),
    MEMBER(upper, &upper_fn), MEMBER(isspace, &isspace_fn), MEMBER(isalpha, &isalpha_fn), MEMBER(isdigit, &isdigit_fn),
    MEMBER(isupper, &isupper_fn), MEMBER(islower, &islower_fn), MEMBER(encode, &encode_fn),
};
FIXED_DICT(str_dict, str_members);

static const struct map_slot bytes_members[] = {
    MEMBER(hex, &text_hex_fn), MEMBER(fromhex, &fromhex_fn), MEMBER(decode, &decode_fn),
    MEMBER(find, &find_fn), MEMBER(rfind, &rfind_fn), MEMBER(index, &index_fn), MEMBER(rindex, &rindex_fn),
    MEMBER(join, &join_fn), MEMBER(split, &split_fn), MEMBER(splitlines, &splitlines_fn), MEMBER(rsplit, &rsplit_fn),
    MEMBER(startswith, &startswith_fn), MEMBER(endswith, &endswith_fn), MEMBER(strip, &strip_fn), MEMBER(lstrip, &lstrip_fn),
    MEMBER(rstrip, &rstrip_fn), MEMBER(format, &format_fn), MEMBER(replace, &replace_fn), MEMBER(count, &count_fn),
    MEMBER(partition, &partition_fn), MEMBER(rpartition, &rpartition_fn), MEMBER(center, &center_fn), MEMBER(lower, &lower_fn),
    MEMBER(upper, &upper_fn), MEMBER(isspace, &isspace_fn), MEMBER(isalpha, &isalpha_fn), MEMBER(isdigit, &isdigit_fn),
    MEMBER(isupper, &isupper_fn), MEMBER(islower, &islower_fn),
};
FIXED_DICT(bytes_dict, bytes_members);

static const struct map_slot bytearray_members[] = {
    MEMBER(append, &append_fn), MEMBER(extend, &extend_fn),
    MEMBER(hex, &text_hex_fn), MEMBER(fromhex, &fromhex_fn), MEMBER(decode, &decode_fn),
    MEMBER(find, &find_fn), MEMBER(rfind, &rfind_fn), MEMBER(index, &index_fn), MEMBER(rindex, &rindex_fn),
    MEMBER(join, &join_fn), MEMBER(split, &split_fn), MEMBER(splitlines, &splitlines_fn), MEMBER(rsplit, &rsplit_fn),
    MEMBER(startswith, &startswith_fn), MEMBER(endswith, &endswith_fn), MEMBER(strip, &strip_fn), MEMBER(lstrip, &lstrip_fn),
    MEMBER(rstrip, &rstrip_fn), MEMBER(format, &format_fn), MEMBER(replace, &replace_fn), MEMBER(count, &count_fn),
    MEMBER(partition, &partition_fn), MEMBER(rpartition, &rpartition_fn), MEMBER(center, &center_fn), MEMBER(lower, &lower_fn),
    MEMBER(upper, &upper_fn), MEMBER(isspace, &isspace_fn), MEMBER(isalpha, &isalpha_fn), MEMBER(isdigit, &isdigit_fn),
    MEMBER(isupper, &isupper_fn), MEMBER(islower, &islower_fn),
};
FIXED_DICT(bytearray_dict, bytearray_members);
