mod straight;
mod support;
