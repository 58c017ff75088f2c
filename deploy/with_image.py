"""Task definition on stdin, image as argument: prints what registers it anew with that image."""

import json
import sys

# What ECS adds by itself when it answers, and refuses when it is asked.
ADDED = (
    "compatibilities",
    "deregisteredAt",
    "registeredAt",
    "registeredBy",
    "requiresAttributes",
    "revision",
    "status",
    "taskDefinitionArn",
)


def main() -> None:
    definition = json.load(sys.stdin)
    for name in ADDED:
        definition.pop(name, None)
    (container,) = definition["containerDefinitions"]
    container["image"] = sys.argv[1]
    json.dump(definition, sys.stdout)


if __name__ == "__main__":
    main()
