"""The curriculum package: curricula as files, read whole or refused whole (docs/packages.md).

`read.read_package` and `write.write_package` know nothing of the database and stand on `model.Package`; `importing` and
`exporting` bring a package into the library's drafts and take it out again.
"""
