"""YAML to validated blocks, and the resolved document that they become."""
