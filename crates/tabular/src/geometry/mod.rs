//! Geometries: WKB, bounding boxes, re-projection to WGS 84.
