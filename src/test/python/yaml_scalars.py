"""Writes what PyYAML's safe loader makes of plain scalars: text, kind, value, separated by tabs.

Usage: yaml_scalars.py > src/test/resources/samestep/syntax/yaml/pyyaml.tsv
Accepted with PyYAML 6.0.3.
"""

import datetime

import yaml

WORDS = """yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF y n Y N yEs oN tRUE
~ null Null NULL nULL None nil"""
NUMBERS = """0 00 01 07 08 010 0o10 0x10 0X10 0xFF_f 0x 0b10 0b 0b2 -0b11 +0x1f 1 -1 +1 1_000 _1 1_ 12:30 1:60 1:59
01:30 12:30:45 -1:30 190:20:30 190:20:30.15 1:30.5 0:30 0:30.0 1e-4 1e4 1E-4 1.e-4 1.0e-4 1.0e4 1.0e+4 1.0E-4 1.5 1. .5
-.5 +.5 .5e-3 .5e3 -1.5 +1.5e-10 1_0.0_1 ._5 . .. -- + e 1e 1.0e 1.0e- .e3 .inf .Inf .INF -.inf +.inf .iNF .nan .NaN
.NAN -.nan inf nan NaN 1.2.3 2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14_21 1,000
1000000000000000000000000000000 5e-05 9.999999747378752e-05 0.0005 -0 -0.0 +0 0_ 0.0.0 1-2 3d 0777_7 0799 1__0 1.e+3 .e
0.1e-04 !!float|1e-4 !!int|12 !!str|12 !!bool|yes !!null|~ '12' "on" !|12"""
KINDS = {
    str: "STRING",
    int: "INTEGER",
    float: "FLOAT",
    bool: "BOOLEAN",
    type(None): "NULL",
    datetime.date: "TIMESTAMP",
    datetime.datetime: "TIMESTAMP",
}

for text in (WORDS + " " + NUMBERS).split():
    written = text.replace("|", " ")
    value = yaml.safe_load("a: " + written)["a"]
    kind = KINDS[type(value)]
    print(written, kind, value if kind != "TIMESTAMP" else "", sep="\t")
