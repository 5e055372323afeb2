"""Layers in time: begun, traced, looked at together; earlier days; how a drawing came about."""
