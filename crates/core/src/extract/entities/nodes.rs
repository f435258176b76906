//! Keys of names, and which of them were put together.

use rustc_hash::FxHashMap;

use super::Link;

/// A key, by its place in [`Nodes`].
pub(super) type NodeId = u32;

/// Which node a mention was given, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Assigned {
    /// The node.
    pub(super) node: NodeId,
    /// Why.
    pub(super) link: Link,
}

/// All keys with a union-find over them.
#[derive(Default)]
pub(super) struct Nodes {
    by_key: FxHashMap<String, NodeId>,
    keys: Vec<String>,
    parents: Vec<NodeId>,
    /// Why nodes were put together: a node of the two, and the rule.
    pub(super) unions: Vec<(NodeId, Link)>,
}

impl Nodes {
    /// The node of a key, which is made where it is new.
    pub(super) fn of(&mut self, key: &str) -> NodeId {
        if let Some(node) = self.by_key.get(key) {
            return *node;
        }
        let node = self.keys.len() as NodeId;
        self.by_key.insert(key.to_owned(), node);
        self.keys.push(key.to_owned());
        self.parents.push(node);
        node
    }

    /// The node of a key, where there is one.
    pub(super) fn get(&self, key: &str) -> Option<NodeId> {
        self.by_key.get(key).copied()
    }

    /// The key of a node.
    pub(super) fn key(&self, node: NodeId) -> &str {
        self.keys.get(node as usize).map_or("", String::as_str)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The node that stands for all that were put together with this one. Cost: nearly constant, as paths are halved
    /// when things are put together.
    pub(super) fn root(&self, mut node: NodeId) -> NodeId {
        while let Some(parent) = self.parents.get(node as usize).filter(|parent| **parent != node) {
            node = *parent;
        }
        node
    }

    /// Puts two nodes together; the one with the lower key stands for both, so that order does not matter.
    pub(super) fn unite(&mut self, a: NodeId, b: NodeId, link: Link) {
        let (a, b) = (self.flat(a), self.flat(b));
        if a == b {
            return;
        }
        let (low, high) = if self.key(a) < self.key(b) { (a, b) } else { (b, a) };
        if let Some(parent) = self.parents.get_mut(high as usize) {
            *parent = low;
        }
        self.unions.push((low, link));
    }

    fn flat(&mut self, mut node: NodeId) -> NodeId {
        loop {
            let parent = self.parents.get(node as usize).copied().unwrap_or(node);
            if parent == node {
                return node;
            }
            let above = self.parents.get(parent as usize).copied().unwrap_or(parent);
            if let Some(own) = self.parents.get_mut(node as usize) {
                *own = above;
            }
            node = parent;
        }
    }

    /// Makes every path one step long. Cost: O(nodes).
    pub(super) fn flatten(&mut self) {
        for node in 0..self.parents.len() as NodeId {
            self.flat(node);
            let root = self.root(node);
            if let Some(parent) = self.parents.get_mut(node as usize) {
                *parent = root;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_key_stands_for_all() {
        let mut nodes = Nodes::default();
        let [c, a, b] = ["c", "a", "b"].map(|key| nodes.of(key));
        nodes.unite(c, b, Link::Known);
        nodes.unite(b, a, Link::Known);
        assert_eq!([nodes.root(a), nodes.root(b), nodes.root(c)], [a, a, a]);
        assert_eq!(nodes.unions.len(), 2);
        nodes.unite(c, a, Link::Known);
        assert_eq!(nodes.unions.len(), 2);
        assert_eq!(nodes.of("b"), b);
    }
}
