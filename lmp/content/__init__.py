"""The course document: schema, files, drafts, versions, publishing, rendering and marking."""
