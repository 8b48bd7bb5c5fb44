# SPDX-License-Identifier: MIT
# A household ledger: a journal in plain text, accounts, a query language, rules for a small stack machine, budgets, a sheet of formulas
# and reports. Prints the same under MicroPython and CPython; `check` at the end makes sure of itself.
#
#   ./dev run examples/ledger.py            the whole tour
#   ./dev run examples/ledger.py check      only the checks
import sys

# ---- money ------------------------------------------------------------------------------------------------------------


class LedgerError(Exception):
    """Something is wrong with what the user wrote: where, and what."""

    def __init__(self, what, line=0):
        super().__init__(what, line)
        self.what = what
        self.line = line

    def __str__(self):
        return "line {}: {}".format(self.line, self.what) if self.line else self.what


class Money:
    """An amount of hundredths in one currency. Amounts of two currencies do not mix."""

    def __init__(self, hundredths, currency="EUR"):
        self.hundredths = hundredths
        self.currency = currency

    @classmethod
    def parse(cls, text, currency="EUR"):
        text = text.strip()
        sign = 1
        if text[:1] in ("-", "+"):
            if text[0] == "-":
                sign = -1
            text = text[1:]
        whole, point, part = text.partition(".")
        whole = whole.replace("'", "")
        if not whole.isdigit() or (point and not part.isdigit()) or len(part) > 2:
            raise LedgerError("{!r} is no amount".format(text))
        return cls(sign * (int(whole) * 100 + int((part + "00")[:2])), currency)

    def same(self, other):
        if not isinstance(other, Money):
            raise TypeError("money and " + type(other).__name__)
        if other.currency != self.currency:
            raise LedgerError("{} and {} do not mix".format(self.currency, other.currency))
        return other.hundredths

    def __add__(self, other):
        return Money(self.hundredths + self.same(other), self.currency)

    def __sub__(self, other):
        return Money(self.hundredths - self.same(other), self.currency)

    def __neg__(self):
        return Money(-self.hundredths, self.currency)

    def __mul__(self, number):
        return Money(self.hundredths * number, self.currency)

    def __eq__(self, other):
        return isinstance(other, Money) and (self.hundredths, self.currency) == (other.hundredths, other.currency)

    def __lt__(self, other):
        return self.hundredths < self.same(other)

    def __le__(self, other):
        return self.hundredths <= self.same(other)

    def __hash__(self):
        return hash((self.hundredths, self.currency))

    def __bool__(self):
        return self.hundredths != 0

    def share(self, parts):
        """Splits without losing a hundredth: the first parts get what is left over."""
        each, rest = divmod(self.hundredths, parts)
        return [Money(each + (1 if i < rest else 0), self.currency) for i in range(parts)]

    def number(self):
        sign = "-" if self.hundredths < 0 else ""
        whole, part = divmod(abs(self.hundredths), 100)
        groups = []
        while whole >= 1000:
            whole, low = divmod(whole, 1000)
            groups.insert(0, "{:03d}".format(low))
        groups.insert(0, str(whole))
        return "{}{}.{:02d}".format(sign, "'".join(groups), part)

    def __str__(self):
        return "{} {}".format(self.number(), self.currency)

    def __repr__(self):
        return "Money({}, {!r})".format(self.hundredths, self.currency)


# ---- days -------------------------------------------------------------------------------------------------------------

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class Day:
    """A day of the calendar, kept as a count of days since 1 January of the year 1."""

    def __init__(self, count):
        self.count = count

    @classmethod
    def of(cls, year, month, day):
        if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
            raise LedgerError("there is no {:04d}-{:02d}-{:02d}".format(year, month, day))
        before = year - 1
        count = before * 365 + before // 4 - before // 100 + before // 400
        count += sum(month_days(year, m) for m in range(1, month))
        return cls(count + day - 1)

    @classmethod
    def parse(cls, text):
        parts = text.split("-")
        if len(parts) != 3 or not all(p.isdigit() for p in parts):
            raise LedgerError("{!r} is no day".format(text))
        return cls.of(*[int(p) for p in parts])

    @property
    def parts(self):
        year = self.count // 366 + 1
        while Day.of(year + 1, 1, 1).count <= self.count:
            year += 1
        left = self.count - Day.of(year, 1, 1).count
        month = 1
        while left >= month_days(year, month):
            left -= month_days(year, month)
            month += 1
        return year, month, left + 1

    @property
    def weekday(self):
        return self.count % 7

    @property
    def month(self):
        return "{:04d}-{:02d}".format(*self.parts[:2])

    def __add__(self, days):
        return Day(self.count + days)

    def __sub__(self, other):
        if isinstance(other, Day):
            return self.count - other.count
        return Day(self.count - other)

    def __eq__(self, other):
        return isinstance(other, Day) and self.count == other.count

    def __lt__(self, other):
        return self.count < other.count

    def __le__(self, other):
        return self.count <= other.count

    def __hash__(self):
        return self.count

    def __str__(self):
        return "{:04d}-{:02d}-{:02d}".format(*self.parts)

    def spoken(self):
        year, month, day = self.parts
        return "{} {} {} {}".format(WEEKDAYS[self.weekday], day, MONTHS[month - 1], year)


# ---- tables and templates ---------------------------------------------------------------------------------------------


def table(rows, align, head=None):
    """Lines of a table; `align` has one of `<`, `>`, `^` for each column."""
    every = ([head] if head else []) + rows
    widths = [max([len(str(row[i])) for row in every] or [0]) for i in range(len(align))]
    lines = []
    for row in every:
        cells = ["{:{}{}}".format(str(cell), side, width) for cell, side, width in zip(row, align, widths)]
        lines.append("  ".join(cells).rstrip())
    if head:
        lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def bars(pairs, width=30, mark="#"):
    """A bar chart of (label, number) pairs."""
    most = max([number for _, number in pairs] or [1]) or 1
    return table([(label, mark * (number * width // most), number) for label, number in pairs], "<<>")


class Template:
    """Text with {name}, {name:format}, {if name}...{end} and {for name in names}...{end}."""

    def __init__(self, text):
        self.pieces = list(self.cut(text))
        self.tree, rest = self.nest(0)
        if rest != len(self.pieces):
            raise LedgerError("{end} without a beginning")

    @staticmethod
    def cut(text):
        while text:
            before, brace, text = text.partition("{")
            if before:
                yield ("text", before)
            if brace:
                inside, closing, text = text.partition("}")
                if not closing:
                    raise LedgerError("a { is never closed")
                yield ("field", inside)

    def nest(self, at):
        tree = []
        while at < len(self.pieces):
            kind, what = self.pieces[at]
            at += 1
            words = what.split() if kind == "field" else []
            if words[:1] == ["end"]:
                return tree, at
            if words[:1] in (["if"], ["for"]):
                inner, after = self.nest(at)
                if self.pieces[after - 1] != ("field", "end"):
                    raise LedgerError("{" + what + "} has no {end}")
                tree.append((words[0], words[1:], inner))
                at = after
            else:
                tree.append((kind, what, None))
        return tree, at

    def fill(self, **values):
        return "".join(self.parts(self.tree, values))

    def parts(self, tree, values):
        for kind, what, inner in tree:
            if kind == "text":
                yield what
            elif kind == "field":
                name, colon, form = what.partition(":")
                yield ("{:" + form + "}").format(values[name]) if form else str(values[name])
            elif kind == "if":
                if values.get(what[0]):
                    yield from self.parts(inner, values)
            else:
                for value in values[what[2]]:
                    scope = dict(values)
                    scope[what[0]] = value
                    yield from self.parts(inner, scope)


# ---- journal ----------------------------------------------------------------------------------------------------------


class Posting:
    def __init__(self, account, amount):
        self.account = account
        self.amount = amount


class Entry:
    """One event: a day, a text, tags and two or more postings whose sum is nothing."""

    def __init__(self, day, text, tags=(), line=0):
        self.day = day
        self.text = text
        self.tags = set(tags)
        self.postings = []
        self.line = line

    def close(self):
        """Fills in the one amount that may be missing, and checks that the entry balances."""
        open_ones = [p for p in self.postings if p.amount is None]
        sums = {}
        for p in self.postings:
            if p.amount is not None:
                sums[p.amount.currency] = sums.get(p.amount.currency, 0) + p.amount.hundredths
        if len(self.postings) < 2:
            raise LedgerError("an entry needs two postings", self.line)
        if len(open_ones) > 1:
            raise LedgerError("only one amount may be missing", self.line)
        if open_ones:
            if len(sums) != 1:
                raise LedgerError("which currency?", self.line)
            ((currency, total),) = sums.items()
            open_ones[0].amount = Money(-total, currency)
            return
        for currency in sorted(sums):
            if sums[currency]:
                raise LedgerError("off by {}".format(Money(sums[currency], currency)), self.line)

    def __repr__(self):
        return "<{} {}>".format(self.day, self.text)


def journal_lines(text):
    """(number, indented, words without comment) of each line that says something."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.split(";")[0].rstrip()
        if line:
            yield number, line[0] in " \t", line.strip()


class Journal:
    def __init__(self):
        self.entries = []
        self.short = {}

    def read(self, text):
        entry = None
        for number, indented, line in journal_lines(text):
            try:
                if indented:
                    if entry is None:
                        raise LedgerError("a posting without an entry")
                    entry.postings.append(self.posting(line))
                    continue
                if entry is not None:
                    entry.close()
                    self.entries.append(entry)
                    entry = None
                if line.startswith("short "):
                    _, name, account = line.split()
                    self.short[name] = account
                else:
                    entry = self.heading(line, number)
            except LedgerError as error:
                raise LedgerError(error.what, error.line or number)
        if entry is not None:
            entry.close()
            self.entries.append(entry)
        self.entries.sort(key=lambda e: e.day.count)
        return self

    @staticmethod
    def heading(line, number):
        day, _, text = line.partition(" ")
        words = text.split()
        tags = [w[1:] for w in words if w.startswith("#")]
        return Entry(Day.parse(day), " ".join(w for w in words if not w.startswith("#")), tags, number)

    def posting(self, line):
        words = line.split()
        account = self.short.get(words[0], words[0])
        if len(words) == 1:
            return Posting(account, None)
        if len(words) > 3:
            raise LedgerError("too many words behind " + words[0])
        return Posting(account, Money.parse(words[1], *words[2:]))

    def postings(self, test=None):
        for entry in self.entries:
            for posting in entry.postings:
                if test is None or test(entry, posting):
                    yield entry, posting


# ---- accounts ---------------------------------------------------------------------------------------------------------


class Account:
    """A node in the tree of accounts; its sum counts those below."""

    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.below = {}
        self.own = {}

    def at(self, path):
        node = self
        for name in path.split(":"):
            if name not in node.below:
                node.below[name] = Account(name, node)
            node = node.below[name]
        return node

    def put(self, amount):
        self.own[amount.currency] = self.own.get(amount.currency, Money(0, amount.currency)) + amount

    @property
    def path(self):
        names = []
        node = self
        while node.parent is not None:
            names.insert(0, node.name)
            node = node.parent
        return ":".join(names)

    def sums(self):
        total = dict(self.own)
        for child in self.below.values():
            for currency, amount in child.sums().items():
                total[currency] = total[currency] + amount if currency in total else amount
        return total

    def walk(self, depth=0):
        for name in sorted(self.below):
            child = self.below[name]
            yield depth, child
            yield from child.walk(depth + 1)

    @classmethod
    def tree(cls, journal, test=None):
        root = cls("")
        for _, posting in journal.postings(test):
            root.at(posting.account).put(posting.amount)
        return root


def balance_report(root):
    rows = []
    for depth, account in root.walk():
        sums = account.sums()
        amounts = [sums[c] for c in sorted(sums) if sums[c]] or ["0.00"]
        for i, amount in enumerate(amounts):
            rows.append(("  " * depth + account.name if i == 0 else "", str(amount)))
    return table(rows, "<>")


# ---- queries ----------------------------------------------------------------------------------------------------------
# account ~ "food" and (amount > 10 or tag "trip") and not month = "2024-02"

OPERATORS = ("<=", ">=", "!=", "(", ")", "<", ">", "=", "~", "+", "-", "*", "/", ",", ":")


def tokens(text):
    """(kind, value, place) of each word of a query or formula."""
    at = 0
    while at < len(text):
        c = text[at]
        start = at
        if c in " \t":
            at += 1
        elif c.isdigit():
            while at < len(text) and (text[at].isdigit() or text[at] == "."):
                at += 1
            yield ("number", text[start:at], start)
        elif c.isalpha() or c == "_":
            while at < len(text) and (text[at].isalpha() or text[at].isdigit() or text[at] == "_"):
                at += 1
            yield ("name", text[start:at], start)
        elif c == '"':
            at = text.find('"', start + 1) + 1
            if at == 0:
                raise LedgerError("a quote is never closed, at {}".format(start))
            yield ("text", text[start + 1 : at - 1], start)
        else:
            for operator in OPERATORS:
                if text.startswith(operator, start):
                    at += len(operator)
                    yield ("operator", operator, start)
                    break
            else:
                raise LedgerError("{!r} means nothing, at {}".format(c, start))
    yield ("end", "", at)


class Reader:
    """What parsers of one line of text share."""

    def __init__(self, text):
        self.words = tokens(text)
        self.word = next(self.words)

    def step(self):
        word = self.word
        if word[0] != "end":
            self.word = next(self.words)
        return word

    def take(self, *values):
        """The next word if it is one of these, otherwise None."""
        if self.word[0] in ("operator", "name") and self.word[1] in values:
            return self.step()[1]
        return None

    def need(self, value):
        if not self.take(value):
            self.fail(value)

    def fail(self, wanted):
        raise LedgerError("{} wanted, not {!r}, at {}".format(wanted, self.word[1] or "the end", self.word[2]))


class Query(Reader):
    """Compiles a question about postings to a function of (entry, posting)."""

    COMPARE = {
        "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        "<": lambda a, b: a < b,
        ">": lambda a, b: a > b,
        "<=": lambda a, b: a <= b,
        ">=": lambda a, b: a >= b,
        "~": lambda a, b: b in a,
    }
    FIELDS = {
        "account": lambda e, p: p.account,
        "amount": lambda e, p: p.amount.hundredths,
        "currency": lambda e, p: p.amount.currency,
        "text": lambda e, p: e.text,
        "month": lambda e, p: e.day.month,
        "day": lambda e, p: str(e.day),
        "weekday": lambda e, p: WEEKDAYS[e.day.weekday],
    }

    @classmethod
    def compile(cls, text):
        self = cls(text)
        test = self.either()
        if self.word[0] != "end":
            self.fail("`and` or `or`")
        return test

    def either(self):
        tests = [self.both()]
        while self.take("or"):
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda e, p: any(t(e, p) for t in tests)

    def both(self):
        tests = [self.one()]
        while self.take("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda e, p: all(t(e, p) for t in tests)

    def one(self):
        if self.take("not"):
            inner = self.one()
            return lambda e, p: not inner(e, p)
        if self.take("("):
            inner = self.either()
            self.need(")")
            return inner
        if self.take("tag"):
            kind, name, _ = self.step()
            return lambda e, p: name in e.tags
        if self.word[1] not in self.FIELDS:
            self.fail("a field")
        name = self.step()[1]
        field = self.FIELDS[name]
        if self.word[1] not in self.COMPARE:
            self.fail("a comparison")
        compare = self.COMPARE[self.step()[1]]
        sign = -1 if self.take("-") else 1
        kind, value, place = self.step()
        if kind not in ("number", "text"):
            raise LedgerError("a value wanted at {}".format(place))
        wanted = sign * Money.parse(value).hundredths if name == "amount" else value
        return lambda e, p: compare(field(e, p), wanted)


# ---- rules: a stack machine -------------------------------------------------------------------------------------------
# when amount > 50 and account ~ "food" add 3 to points

PUSH, LOAD, STORE, ADD, SUB, MUL, DIV, LESS, SAME, HAS, NOT, JUMP, JUMP_IF_NOT, STOP = range(14)
NAMES = ("push", "load", "store", "add", "sub", "mul", "div", "less", "same", "has", "not", "jump", "jump_if_not", "stop")


class Assembler:
    """Collects instructions; jumps go to labels that may be placed later."""

    def __init__(self):
        self.code = []
        self.labels = {}

    def put(self, op, value=None):
        self.code.append([op, value])

    def label(self, name):
        self.labels[name] = len(self.code)

    def finish(self):
        for instruction in self.code:
            if instruction[0] in (JUMP, JUMP_IF_NOT):
                instruction[1] = self.labels[instruction[1]]
        return [tuple(i) for i in self.code]


class RuleReader(Reader):
    """Compiles `when CONDITION add EXPRESSION to NAME`, `set NAME = EXPRESSION` and so on, one rule a line."""

    def __init__(self, text, assembler):
        super().__init__(text)
        self.out = assembler
        self.count = 0

    def fresh(self):
        self.count += 1
        return "L{}_{}".format(len(self.out.code), self.count)

    def rule(self):
        behind = None
        if self.take("when"):
            self.condition()
            behind = self.fresh()
            self.out.put(JUMP_IF_NOT, behind)
        if self.take("add"):
            self.sum()
            self.need("to")
            name = self.step()[1]
            self.out.put(LOAD, name)
            self.out.put(ADD)
        elif self.take("set"):
            name = self.step()[1]
            self.need("=")
            self.sum()
        else:
            self.fail("`add` or `set`")
        self.out.put(STORE, name)
        if behind:
            self.out.label(behind)
        if self.word[0] != "end":
            self.fail("the end of the rule")

    def condition(self):
        self.comparison()
        while self.take("and"):
            no, done = self.fresh(), self.fresh() + "x"
            self.out.put(JUMP_IF_NOT, no)
            self.comparison()
            self.out.put(JUMP, done)
            self.out.label(no)
            self.out.put(PUSH, 0)
            self.out.label(done)

    def comparison(self):
        if self.take("not"):
            self.comparison()
            self.out.put(NOT)
            return
        self.sum()
        operator = self.take("<", ">", "=", "~")
        if not operator:
            self.fail("a comparison")
        if operator == ">":
            self.out.put(STORE, "(left)")
            self.sum()
            self.out.put(LOAD, "(left)")
            self.out.put(LESS)
            return
        self.sum()
        self.out.put({"<": LESS, "=": SAME, "~": HAS}[operator])

    def sum(self):
        self.product()
        while True:
            operator = self.take("+", "-")
            if not operator:
                return
            self.product()
            self.out.put(ADD if operator == "+" else SUB)

    def product(self):
        self.atom()
        while True:
            operator = self.take("*", "/")
            if not operator:
                return
            self.atom()
            self.out.put(MUL if operator == "*" else DIV)

    def atom(self):
        if self.take("("):
            self.sum()
            self.need(")")
            return
        kind, value, place = self.step()
        if kind == "number":
            self.out.put(PUSH, Money.parse(value).hundredths)
        elif kind == "text":
            self.out.put(PUSH, value)
        elif kind == "name":
            self.out.put(LOAD, value)
        else:
            raise LedgerError("a value wanted at {}".format(place))


class Machine:
    """Runs rules. Numbers are hundredths, so products and quotients are put right."""

    LIMIT = 10000

    def __init__(self, text):
        assembler = Assembler()
        for number, _, line in journal_lines(text):
            try:
                RuleReader(line, assembler).rule()
            except LedgerError as error:
                raise LedgerError(error.what, number)
        assembler.put(STOP)
        self.code = assembler.finish()

    def listing(self):
        return ["{:3d} {}{}".format(i, NAMES[op], "" if value is None else " {!r}".format(value)) for i, (op, value) in enumerate(self.code)]

    def run(self, cells):
        stack, at, steps = [], 0, 0
        while True:
            steps += 1
            if steps > self.LIMIT:
                raise LedgerError("the rules never end")
            op, value = self.code[at]
            at += 1
            if op == STOP:
                return cells
            if op == PUSH:
                stack.append(value)
            elif op == LOAD:
                stack.append(cells.get(value, 0))
            elif op == STORE:
                cells[value] = stack.pop()
            elif op == NOT:
                stack.append(0 if stack.pop() else 100)
            elif op == JUMP:
                at = value
            elif op == JUMP_IF_NOT:
                if not stack.pop():
                    at = value
            else:
                b, a = stack.pop(), stack.pop()
                stack.append(self.binary(op, a, b))

    @staticmethod
    def binary(op, a, b):
        if op == HAS:
            return 100 if str(b) in str(a) else 0
        if op == SAME:
            return 100 if a == b else 0
        if op == LESS:
            return 100 if a < b else 0
        if op == ADD:
            return a + b
        if op == SUB:
            return a - b
        if op == MUL:
            return a * b // 100
        if b == 0:
            raise LedgerError("division by nothing")
        return a * 100 // b

    def over(self, journal):
        cells = {}
        for entry, posting in journal.postings():
            cells.update(account=posting.account, amount=posting.amount.hundredths, text=entry.text, month=entry.day.month)
            self.run(cells)
        return {name: cells[name] for name in cells if name not in ("account", "amount", "text", "month", "(left)")}


# ---- a sheet of formulas ----------------------------------------------------------------------------------------------


class Wrong:
    """A value that says why there is none; it travels through formulas."""

    def __init__(self, why):
        self.why = why

    def __repr__(self):
        return "#" + self.why


def number_text(value):
    if isinstance(value, float):
        text = "{:.4f}".format(value)
        while text.endswith("0"):
            text = text[:-1]
        return text[:-1] if text.endswith(".") else text
    return str(value)


def cell_place(name):
    """B12 -> (11, 1); None when it is no place."""
    letters = 0
    while letters < len(name) and "A" <= name[letters] <= "Z":
        letters += 1
    if letters == 0 or not name[letters:].isdigit():
        return None
    column = 0
    for c in name[:letters]:
        column = column * 26 + ord(c) - ord("A") + 1
    return int(name[letters:]) - 1, column - 1


def cell_name(row, column):
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name + str(row + 1)


class Formula(Reader):
    """=A1 * 2 + sum(B1:B9): compiled to a function of the sheet; knows the cells it needs."""

    FUNCTIONS = {
        "sum": lambda values: sum(values),
        "min": lambda values: min(values),
        "max": lambda values: max(values),
        "count": lambda values: len(values),
        "mean": lambda values: sum(values) / len(values),
        "round": lambda values: int(values[0] + (0.5 if values[0] >= 0 else -0.5)),
        "if": lambda values: values[1] if values[0] else values[2],
    }

    def __init__(self, text):
        super().__init__(text)
        self.needs = []
        self.value = self.comparison()
        if self.word[0] != "end":
            self.fail("an operator")

    def comparison(self):
        left = self.sum()
        operator = self.take("<", ">", "=", "<=", ">=", "!=")
        if not operator:
            return left
        right = self.sum()
        compare = Query.COMPARE[operator]
        return lambda sheet: 1 if compare(left(sheet), right(sheet)) else 0

    def sum(self):
        left = self.product()
        while True:
            operator = self.take("+", "-")
            if not operator:
                return left
            left = self.joined(operator, left, self.product())

    def product(self):
        left = self.sign()
        while True:
            operator = self.take("*", "/")
            if not operator:
                return left
            left = self.joined(operator, left, self.sign())

    @staticmethod
    def joined(operator, left, right):
        if operator == "+":
            return lambda sheet: left(sheet) + right(sheet)
        if operator == "-":
            return lambda sheet: left(sheet) - right(sheet)
        if operator == "*":
            return lambda sheet: left(sheet) * right(sheet)
        return lambda sheet: left(sheet) / right(sheet)

    def sign(self):
        if self.take("-"):
            inner = self.sign()
            return lambda sheet: -inner(sheet)
        return self.atom()

    def atom(self):
        if self.take("("):
            inner = self.comparison()
            self.need(")")
            return inner
        kind, value, place = self.step()
        if kind == "number":
            constant = float(value) if "." in value else int(value)
            return lambda sheet: constant
        if kind == "text":
            return lambda sheet: value
        if kind != "name":
            raise LedgerError("a value wanted at {}".format(place))
        if value in self.FUNCTIONS:
            return self.call(value)
        where = cell_place(value)
        if where is None:
            raise LedgerError("{} is no cell".format(value))
        self.needs.append(where)
        return lambda sheet: sheet.number(where)

    def call(self, name):
        function = self.FUNCTIONS[name]
        self.need("(")
        arguments = []
        while not self.take(")"):
            if arguments:
                self.need(",")
            arguments.append(self.argument())

        def run(sheet):
            values = []
            for argument in arguments:
                values.extend(argument(sheet))
            return function(values)

        return run

    def argument(self):
        here = cell_place(self.word[1]) if self.word[0] == "name" else None
        inner = self.comparison()
        if here is None or not self.take(":"):
            return lambda sheet: [inner(sheet)]
        there = cell_place(self.step()[1])
        if there is None:
            self.fail("a cell")
        block = [(r, c) for r in range(here[0], there[0] + 1) for c in range(here[1], there[1] + 1)]
        self.needs.extend(block)
        return lambda sheet: [sheet.number(place) for place in block if sheet.filled(place)]


class Sheet:
    """Cells by place; a change is undone when what is inside `with sheet.change():` fails."""

    def __init__(self):
        self.texts = {}
        self.formulas = {}
        self.values = {}
        self.history = []

    def __setitem__(self, name, text):
        place = cell_place(name)
        if place is None:
            raise LedgerError("{} is no cell".format(name))
        self.history.append((place, self.texts.get(place)))
        self.write(place, text)

    def write(self, place, text):
        self.values = {}
        self.formulas.pop(place, None)
        if text is None:
            self.texts.pop(place, None)
            return
        self.texts[place] = text
        if isinstance(text, str) and text.startswith("="):
            self.formulas[place] = Formula(text[1:])

    def __getitem__(self, name):
        return self.value(cell_place(name))

    def filled(self, place):
        return place in self.texts

    def value(self, place):
        if place not in self.values:
            self.values[place] = Wrong("circle")  # what a cell sees that needs itself
            self.values[place] = self.reckon(place)
        return self.values[place]

    def reckon(self, place):
        if place not in self.formulas:
            return self.texts.get(place, 0)
        formula = self.formulas[place]
        for need in formula.needs:
            found = self.value(need)
            if isinstance(found, Wrong):
                return found
        try:
            return formula.value(self)
        except ZeroDivisionError:
            return Wrong("division")
        except (TypeError, ValueError):
            return Wrong("kind")

    def number(self, place):
        return self.value(place)

    def undo(self):
        if not self.history:
            return False
        place, text = self.history.pop()
        self.write(place, text)
        return True

    def change(self):
        return Change(self)

    def lines(self):
        if not self.texts:
            return []
        rows = max(r for r, _ in self.texts) + 1
        columns = max(c for _, c in self.texts) + 1
        body = []
        for r in range(rows):
            cells = [number_text(self.value((r, c))) if self.filled((r, c)) else "" for c in range(columns)]
            body.append([str(r + 1)] + cells)
        return table(body, ">" * (columns + 1), [""] + [cell_name(0, c)[:-1] for c in range(columns)])


class Change:
    def __init__(self, sheet):
        self.sheet = sheet
        self.depth = len(sheet.history)

    def __enter__(self):
        return self.sheet

    def __exit__(self, kind, value, trace):
        if kind is not None:
            while len(self.sheet.history) > self.depth:
                self.sheet.undo()
        return kind is not None and issubclass(kind, LedgerError)


# ---- reports ----------------------------------------------------------------------------------------------------------


def month_sums(journal, account):
    sums = {}
    for entry, posting in journal.postings(lambda e, p: p.account.startswith(account)):
        sums[entry.day.month] = sums.get(entry.day.month, 0) + posting.amount.hundredths
    return sorted(sums.items())


def register(journal, query):
    total = Money(0)
    for entry, posting in journal.postings(Query.compile(query)):
        if posting.amount.currency == "EUR":
            total = total + posting.amount
        yield entry.day, entry.text, posting.account, posting.amount, total


class Budget:
    """What may be spent on accounts in a month, and what was."""

    def __init__(self, **limits):
        self.limits = {name.replace("_", ":"): Money.parse(limit) for name, limit in limits.items()}

    def report(self, journal, month):
        rows = []
        for name in sorted(self.limits):
            limit = self.limits[name]
            spent = Money(dict(month_sums(journal, name)).get(month, 0))
            percent = spent.hundredths * 100 // limit.hundredths if limit else 0
            mark = "over" if limit < spent else "close" if percent >= 80 else ""
            rows.append((name, spent.number(), limit.number(), "{:d}%".format(percent), mark))
        return table(rows, "<>>><", ("account", "spent", "limit", "used", ""))


def standing_orders(start, orders, until):
    """Merges streams of dated payments, each every so many days, in the order of their days."""

    def stream(name, every, amount):
        day = start
        while day <= until:
            yield day, name, amount
            day = day + every

    streams = [stream(*order) for order in orders]
    heads = [next(s, None) for s in streams]
    while any(heads):
        first = min((h[0].count, i) for i, h in enumerate(heads) if h)[1]
        yield heads[first]
        heads[first] = next(streams[first], None)


def csv_lines(rows):
    for row in rows:
        cells = []
        for cell in row:
            text = str(cell)
            if "," in text or '"' in text:
                text = '"' + text.replace('"', '""') + '"'
            cells.append(text)
        yield ",".join(cells)


def csv_read(line):
    cells, cell, quoted, at = [], "", False, 0
    while at < len(line):
        c = line[at]
        at += 1
        if quoted:
            if c != '"':
                cell += c
            elif line[at : at + 1] == '"':
                cell += '"'
                at += 1
            else:
                quoted = False
        elif c == '"':
            quoted = True
        elif c == ",":
            cells.append(cell)
            cell = ""
        else:
            cell += c
    return cells + [cell]


# ---- the tour ---------------------------------------------------------------------------------------------------------

JOURNAL = """
short cash assets:cash
short bank assets:bank:giro
short food expenses:food:home
short out  expenses:food:out

2024-01-01 Opening
    bank        2'500.00
    cash          120.50
    equity:opening

2024-01-03 Market hall
    food           34.20
    cash
2024-01-05 Rent #fixed
    expenses:home:rent  780
    bank
2024-01-19 Train and lunch #trip
    expenses:travel     61.80
    out                 18.90    ; soup, bread, tea
    bank               -80.70
2024-02-02 Market hall
    food           41.15
    cash          -41.15
2024-02-05 Rent #fixed
    expenses:home:rent  780
    bank
2024-02-11 Swiss francs #trip
    assets:cash   100.00 CHF
    equity:exchange -100.00 CHF
    bank         -105.40
    equity:exchange 105.40
2024-02-29 Fondue #trip
    out            48.00 CHF
    cash
2024-01-31 Salary #fixed
    bank         2'150.75
    income:work
2024-02-29 Salary #fixed
    bank         2150.75
    income:work
"""

RULES = """
when account ~ "expenses" and not amount < 0  add amount to spent
when account ~ "food" and amount > 30         add 1 to big_meals     ; counted in hundredths
when account ~ "travel"                       add amount * 1.5 + 2 to points
set last = amount
"""

REPORT = Template("{title:^40}\n{for row in rows}* {row}\n{end}{if warning}! {warning}\n{end}({count:03d} rows)")


def tour_journal(journal):
    print("== balance")
    for line in balance_report(Account.tree(journal)):
        print(line)
    print("== register")
    rows = [(d, t, a, m.number(), s.number()) for d, t, a, m, s in register(journal, 'account ~ "food" or tag "trip" and amount < -50')]
    for line in table(rows, "<<<>>", ("day", "text", "account", "amount", "sum")):
        print(line)
    print("== months")
    for line in bars([(month, amount // 100) for month, amount in month_sums(journal, "expenses")]):
        print(line)
    print("== budget of January")
    for line in Budget(expenses_food="60", expenses_home="780", expenses_travel="70.00").report(journal, "2024-01"):
        print(line)


def tour_rules(journal):
    print("== rules")
    machine = Machine(RULES)
    for line in machine.listing()[:12]:
        print(line)
    print(len(machine.code), "instructions")
    cells = machine.over(journal)
    for name in sorted(cells):
        print("{} = {}".format(name, Money(cells[name]).number()))


def tour_sheet():
    print("== sheet")
    sheet = Sheet()
    for row, (name, price, count) in enumerate((("pens", 1.2, 10), ("ink", 7, 2), ("paper", 4.55, 4)), 1):
        sheet["A%d" % row], sheet["B%d" % row], sheet["C%d" % row] = name, price, count
        sheet["D%d" % row] = "=B%d*C%d" % (row, row)
    sheet["C4"] = "=sum(C1:C3)"
    sheet["D4"] = "=sum(D1:D3)"
    sheet["D5"] = '=if(D4 > 40, "much", "little")'
    sheet["E4"] = "=D4/C4"
    sheet["E5"] = "=E4/(C4-16)"
    sheet["F1"] = "=F2+1"
    sheet["F2"] = "=F1+1"
    sheet["F3"] = '=A1-1'
    for line in sheet.lines():
        print(line)
    with sheet.change():
        sheet["C1"] = 100
        print("hundred pens:", number_text(sheet["D4"]), sheet["D5"])
        sheet["E1"] = "=sum(("
    print("taken back:  ", number_text(sheet["D4"]), sheet["D5"])


def tour_rest(journal):
    print("== orders")
    start = Day.of(2024, 2, 26)
    orders = [("milk", 2, "1.10"), ("news", 3, "2.40"), ("gym", 7, "12.00")]
    for day, name, amount in standing_orders(start, orders, start + 7):
        print("{} {:<5}{:>6}".format(day.spoken(), name, amount))
    print("== report")
    rows = [t.upper() for _, t, _, _, _ in register(journal, 'weekday = "Fri" and amount > 0')]
    print(REPORT.fill(title="Fridays", rows=rows, warning="", count=len(rows)))
    print(REPORT.fill(title="Nothing", rows=[], warning="no rows at all", count=0))
    print("== csv")
    for line in csv_lines([("a", 'say "hi"', "1,5"), (Money(123456789), Day.of(2000, 2, 29), None)]):
        print(line, csv_read(line))


# ---- checks -----------------------------------------------------------------------------------------------------------


class Check:
    """Counts what holds. `wrong` collects what does not."""

    def __init__(self):
        self.right = 0
        self.wrong = []

    def same(self, name, got, wanted):
        if got == wanted and type(got) is type(wanted):
            self.right += 1
        else:
            self.wrong.append("{}: {!r}, not {!r}".format(name, got, wanted))

    def fails(self, name, words, action, *arguments):
        try:
            result = action(*arguments)
        except LedgerError as error:
            self.same(name, str(error), words)
        else:
            self.wrong.append("{}: no complaint but {!r}".format(name, result))


def check_money(check):
    parse = Money.parse
    check.same("parse", parse("-1'234.5"), Money(-123450))
    check.same("text", str(parse("1234567.89", "CHF")), "1'234'567.89 CHF")
    check.same("small", parse("-0.07").number(), "-0.07")
    check.same("share", [m.hundredths for m in parse("10").share(3)], [334, 333, 333])
    check.same("share of a debt", sum(m.hundredths for m in parse("-10").share(7)), -1000)
    check.same("set", len({parse("1"), parse("1.00"), parse("1", "CHF")}), 2)
    check.same("sorted", sorted([parse("3"), parse("-1"), parse("2")])[0], parse("-1"))
    check.same("times", parse("0.35") * 3 - parse("0.05"), parse("1"))
    check.same("great", parse("99999999999999999999.99").number(), "99'999'999'999'999'999'999.99")
    check.same("nothing", bool(Money(0)), False)
    for text in ("", "1.234", "x", "1.", "--1"):
        check.fails("bad amount", "{!r} is no amount".format(text[1:] if text[:1] == "-" else text), parse, text)
    check.fails("mix", "EUR and CHF do not mix", lambda: parse("1") + parse("1", "CHF"))


def check_days(check):
    check.same("first", Day.of(1, 1, 1).count, 0)
    check.same("epoch", Day.of(1970, 1, 1).spoken(), "Thu 1 Jan 1970")
    check.same("leap", str(Day.parse("2000-02-28") + 2), "2000-03-01")
    check.same("no leap", str(Day.parse("1900-02-28") + 1), "1900-03-01")
    check.same("between", Day.of(2024, 12, 25) - Day.of(2024, 2, 29), 300)
    day = Day.of(1999, 12, 25)
    check.same("all come back", [n for n in range(0, 3000, 7) if Day.parse(str(day + n)) != day + n], [])
    check.fails("none", "there is no 2023-02-29", Day.parse, "2023-02-29")
    check.fails("no day", "'tomorrow' is no day", Day.parse, "tomorrow")


def check_journal(check):
    def read(text):
        return Journal().read(text)

    check.same("order", [str(e.day) for e in read("2024-01-02 b\n a 1\n b\n2024-01-01 a\n a 1\n b").entries], ["2024-01-02", "2024-01-01"][::-1])
    check.fails("off", "line 1: off by 0.50 EUR", read, "2024-01-01 x\n a 1\n b -0.5")
    check.fails("lonely", "line 2: an entry needs two postings", read, "\n2024-01-01 x\n a 1\n")
    check.fails("two missing", "line 1: only one amount may be missing", read, "2024-01-01 x\n a 1\n b\n c")
    check.fails("stray", "line 1: a posting without an entry", read, "  a 1")
    check.fails("bad", "line 3: 'y' is no amount", read, "2024-01-01 x\n a 1\n b y")
    check.same("repr", repr(read("2024-05-06 cake ; yes\n a 1\n b").entries), "[<2024-05-06 cake>]")


def check_queries(check, journal):
    def count(text):
        return len(list(journal.postings(Query.compile(text))))

    for text, wanted in (('account ~ "food"', 4), ('not account ~ "food"', 20), ("amount > 780", 3), ("amount >= 780", 5), ('tag "trip"', 9),
                         ('tag "trip" and tag "fixed"', 0), ('month = "2024-02" and (currency = "CHF" or weekday = "Fri")', 6),
                         ('text ~ "hall" and amount < -0.01', 2), ('day <= "2024-01-03" or day > "2024-02-28"', 9)):
        check.same(text, count(text), wanted)
    check.fails("query end", "a field wanted, not 'the end', at 6", count, "not ( ")
    check.fails("query field", "a field wanted, not 'colour', at 0", count, 'colour = "red"')
    check.fails("query sign", "'?' means nothing, at 7", count, "amount ? 2")
    check.fails("query quote", "a quote is never closed, at 10", count, 'account = "x')


def check_machine(check):
    def run(text, **cells):
        return Machine(text).run(cells)

    check.same("sum", run("set x = 2 + 3 * (4 - 1)")["x"], 1100)
    check.same("quotient", run("set x = 7 / 2\nset y = x * x")["y"], 1225)
    check.same("when", run('when name ~ "b" and not n < 3 add 1 to x', name="abc", n=300)["x"], 100)
    check.same("when not", "x" in run('when name ~ "b" and n = 3 add 1 to x', name="xyz", n=300), False)
    check.same("state", run("add 1 to x\nadd x to x\nwhen x > 1.99 set y = x * 100", x=0)["y"], 20000)
    check.fails("division", "division by nothing", run, "set x = 1 / (2 - 2)")
    check.fails("rule", "line 2: `add` or `set` wanted, not 'sub', at 0", run, "set x = 1\nsub 1 from x")
    looping = Machine("set x = 1")
    looping.code = [(JUMP, 0)]
    check.fails("loop", "the rules never end", looping.run, {})


def check_sheet(check):
    check.same("places", [cell_place(n) for n in ("A1", "Z9", "AA10", "BZ3", "a1", "A", "7")], [(0, 0), (8, 25), (9, 26), (2, 77), None, None, None])
    check.same("names", [n for n in range(2000) if cell_place(cell_name(3, n)) != (3, n)], [])
    sheet = Sheet()
    sheet["A1"] = 4
    sheet["A2"] = "=A1*A1-1"
    sheet["A3"] = "=-A2/2"
    sheet["B1"] = "=mean(A1:A2, A3) = max(A1, 2) - 0.166"
    check.same("chain", (sheet["A2"], sheet["A3"], sheet["B1"]), (15, -7.5, 0))
    sheet["A1"] = 0
    check.same("follows", (sheet["A2"], sheet["A3"]), (-1, 0.5))
    sheet.undo()
    check.same("undone", sheet["A2"], 15)
    sheet["A1"] = "=1/0"
    check.same("travels", repr(sheet["A3"]), "#division")
    sheet["A1"] = "=count(A2:C9)"
    check.same("circle", repr(sheet["A1"]), "#circle")
    for n in range(1, 60):
        sheet["G%d" % (n + 1)] = "=G%d+%d" % (n, n)
    check.same("long chain", sheet["G60"], sum(range(60)))
    with sheet.change():
        sheet["Q1"] = 5
        raise LedgerError("no")
    check.same("taken back", sheet.filled(cell_place("Q1")), False)
    try:
        with sheet.change():
            sheet["Q1"] = 5
            sheet["Q2"] = {}["nothing"]
    except KeyError as error:
        check.same("passed on", error.args, ("nothing",))
    check.same("taken back too", sheet.filled(cell_place("Q1")), False)
    check.fails("no cell", "a1 is no cell", Formula, "a1 + 1")
    check.fails("no comma", ", wanted, not 'A2', at 7", Formula, "sum(A1 A2)")


def check_rest(check):
    check.same("template", Template("{a}{if b}[{b:>4}]{end}{for x in c}{for y in x}{y},{end};{end}").fill(a=1, b="z", c=[[1, 2], [], [3]]),
               "1[   z]1,2,;;3,;")
    check.fails("template end", "{if x} has no {end}", Template, "{if x}...")
    check.fails("template brace", "a { is never closed", Template, "so {x")
    check.fails("template start", "{end} without a beginning", Template, "so {end} x")
    row = ['a"b', "c,d", "", "'"]
    check.same("csv", csv_read(list(csv_lines([row]))[0]), row)
    check.same("table", table([("a", 10), ("bcd", 5)], "^>"), [" a   10", "bcd   5"])
    check.same("bars", bars([("x", 3), ("yy", 6)], 4, "="), ["x   ==    3", "yy  ====  6"])
    check.same("tokens", [w[1] for w in tokens('a1<=2.5~"x y"')], ["a1", "<=", "2.5", "~", "x y", ""])


def check_all(journal):
    check = Check()
    check_money(check)
    check_days(check)
    check_journal(check)
    check_queries(check, journal)
    check_machine(check)
    check_sheet(check)
    check_rest(check)
    for line in check.wrong:
        print("wrong:", line)
    print("{} checks hold, {} do not".format(check.right, len(check.wrong)))
    return not check.wrong


def main(words):
    journal = Journal().read(JOURNAL)
    if words != ["check"]:
        tour_journal(journal)
        tour_rules(journal)
        tour_sheet()
        tour_rest(journal)
        print("== checks")
    return 0 if check_all(journal) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
