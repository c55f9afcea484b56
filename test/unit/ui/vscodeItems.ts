// What lines of a tree are made of, where there is no VS Code: enough to look at what they would show.

class TreeItem {
  constructor(readonly label: string, readonly collapsibleState = 0) {}
}

class ThemeIcon {
  constructor(readonly id: string, readonly color?: ThemeColor) {}
}

class ThemeColor {
  constructor(readonly id: string) {}
}

class MarkdownString {
  constructor(readonly value: string) {}
}

/** Stands for the module `vscode`. */
export const vscodeItems = { TreeItem, ThemeIcon, ThemeColor, MarkdownString, TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 } };
