// The variables and classes that VS Code gives a page in four of its themes, as far as the answer page reads them.

/** The themes there are. */
export type ThemeName = 'dark' | 'light' | 'contrast' | 'contrast-light';

const shared = {
  'font-family': '"Segoe WPC", "Segoe UI", system-ui, "Ubuntu", "Droid Sans", "DejaVu Sans", sans-serif',
  'font-size': '13px',
  'editor-font-family': '"Droid Sans Mono", "DejaVu Sans Mono", monospace',
  'editor-font-size': '13px',
};

const colours: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  dark: {
    'foreground': '#cccccc', 'descriptionForeground': '#9d9d9d', 'icon-foreground': '#cccccc', 'focusBorder': '#0078d4',
    'editor-background': '#1f1f1f', 'editor-foreground': '#cccccc', 'sideBar-background': '#181818',
    'panel-border': '#2b2b2b', 'widget-border': '#313131',
    'panelTitle-activeForeground': '#cccccc', 'panelTitle-inactiveForeground': '#9d9d9d', 'panelTitle-activeBorder': '#0078d4',
    'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-border': '#ffffff12',
    'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
    'toolbar-hoverBackground': '#5a5d5e50', 'list-hoverBackground': '#2a2d2e', 'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff',
    'list-focusOutline': '#0078d4', 'progressBar-background': '#0078d4', 'testing-iconPassed': '#73c991',
    'editorError-foreground': '#f14c4c', 'editorWarning-foreground': '#cca700', 'scrollbarSlider-background': '#79797966',
    'textPreformat-foreground': '#d0d0d0', 'textPreformat-background': '#3c3c3c',
    'input-background': '#313131', 'input-foreground': '#cccccc', 'input-border': '#3c3c3c', 'input-placeholderForeground': '#989898', 'dropdown-background': '#313131', 'dropdown-foreground': '#cccccc', 'dropdown-border': '#3c3c3c',
    'inputOption-activeBackground': '#2489db82', 'inputOption-activeBorder': '#2488db', 'inputOption-activeForeground': '#ffffff',
    'menu-background': '#1f1f1f', 'menu-foreground': '#cccccc', 'menu-border': '#454545', 'menu-selectionBackground': '#0078d4', 'menu-selectionForeground': '#ffffff', 'menu-separatorBackground': '#454545', 'widget-shadow': '#0000005c',
    'badge-background': '#616161', 'badge-foreground': '#f8f8f8', 'charts-blue': '#3794ff',
  },
  light: {
    'foreground': '#3b3b3b', 'descriptionForeground': '#3b3b3b', 'icon-foreground': '#3b3b3b', 'focusBorder': '#005fb8',
    'editor-background': '#ffffff', 'editor-foreground': '#3b3b3b', 'sideBar-background': '#f8f8f8',
    'panel-border': '#e5e5e5', 'widget-border': '#e5e5e5',
    'panelTitle-activeForeground': '#3b3b3b', 'panelTitle-inactiveForeground': '#3b3b3b', 'panelTitle-activeBorder': '#005fb8',
    'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8', 'button-border': '#0000001a',
    'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
    'toolbar-hoverBackground': '#b8b8b850', 'list-hoverBackground': '#f2f2f2', 'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000',
    'list-focusOutline': '#005fb8', 'progressBar-background': '#005fb8', 'testing-iconPassed': '#73c991',
    'editorError-foreground': '#e51400', 'editorWarning-foreground': '#bf8803', 'scrollbarSlider-background': '#64646466',
    'textPreformat-foreground': '#3b3b3b', 'textPreformat-background': '#0000001f',
    'input-background': '#ffffff', 'input-foreground': '#3b3b3b', 'input-border': '#cecece', 'input-placeholderForeground': '#767676', 'dropdown-background': '#ffffff', 'dropdown-foreground': '#3b3b3b', 'dropdown-border': '#cecece',
    'inputOption-activeBackground': '#bed6ed', 'inputOption-activeBorder': '#005fb8', 'inputOption-activeForeground': '#000000',
    'menu-background': '#ffffff', 'menu-foreground': '#3b3b3b', 'menu-border': '#cecece', 'menu-selectionBackground': '#005fb8', 'menu-selectionForeground': '#ffffff', 'menu-separatorBackground': '#d4d4d4', 'widget-shadow': '#00000029',
    'badge-background': '#cccccc', 'badge-foreground': '#3b3b3b', 'charts-blue': '#1a85ff',
  },
  'contrast': {
    'foreground': '#ffffff', 'descriptionForeground': '#ffffffb3', 'icon-foreground': '#ffffff', 'focusBorder': '#f38518',
    'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518',
    'editor-background': '#000000', 'editor-foreground': '#ffffff', 'sideBar-background': '#000000',
    'panel-border': '#6fc3df', 'widget-border': '#6fc3df',
    'panelTitle-activeForeground': '#ffffff', 'panelTitle-inactiveForeground': '#ffffff', 'panelTitle-activeBorder': '#f38518',
    'button-foreground': '#ffffff', 'button-background': '#000000', 'button-border': '#6fc3df',
    'button-secondaryForeground': '#ffffff', 'button-secondaryBackground': '#000000',
    'list-focusOutline': '#f38518', 'list-hoverBackground': '#ffffff1a', 'progressBar-background': '#6fc3df', 'testing-iconPassed': '#73c991',
    'editorError-foreground': '#f48771', 'editorWarning-foreground': '#ffd370', 'scrollbarSlider-background': '#6fc3df99',
    'textPreformat-foreground': '#000000', 'textPreformat-background': '#ffffff',
    'input-background': '#000000', 'input-foreground': '#ffffff', 'input-border': '#6fc3df', 'input-placeholderForeground': '#ffffffb3', 'dropdown-background': '#000000', 'dropdown-foreground': '#ffffff', 'dropdown-border': '#6fc3df',
    'inputOption-activeBackground': '#00000000', 'inputOption-activeBorder': '#6fc3df', 'inputOption-activeForeground': '#ffffff',
    'menu-background': '#000000', 'menu-foreground': '#ffffff', 'menu-border': '#6fc3df', 'menu-selectionBorder': '#f38518', 'menu-separatorBackground': '#6fc3df',
    'badge-background': '#000000', 'badge-foreground': '#ffffff', 'charts-blue': '#3794ff',
  },
  'contrast-light': {
    'foreground': '#292929', 'descriptionForeground': '#292929b3', 'icon-foreground': '#292929', 'focusBorder': '#006bbd',
    'contrastBorder': '#0f4a85', 'contrastActiveBorder': '#006bbd',
    'editor-background': '#ffffff', 'editor-foreground': '#292929', 'sideBar-background': '#ffffff',
    'panel-border': '#0f4a85', 'widget-border': '#0f4a85',
    'panelTitle-activeForeground': '#292929', 'panelTitle-inactiveForeground': '#292929', 'panelTitle-activeBorder': '#b5200d',
    'button-foreground': '#ffffff', 'button-background': '#0f4a85', 'button-border': '#0f4a85', 'button-hoverBackground': '#0f4a85',
    'button-secondaryForeground': '#292929', 'button-secondaryBackground': '#ffffff',
    'list-focusOutline': '#006bbd', 'list-hoverBackground': '#0f4a851a', 'list-activeSelectionBackground': '#0f4a851a', 'progressBar-background': '#006bbd', 'testing-iconPassed': '#007100',
    'editorError-foreground': '#b5200d', 'editorWarning-foreground': '#895503', 'scrollbarSlider-background': '#0f4a8566',
    'textPreformat-foreground': '#ffffff', 'textPreformat-background': '#09345f',
    'input-background': '#ffffff', 'input-foreground': '#292929', 'input-border': '#0f4a85', 'input-placeholderForeground': '#292929b3', 'dropdown-background': '#ffffff', 'dropdown-foreground': '#292929', 'dropdown-border': '#0f4a85',
    'inputOption-activeBackground': '#00000000', 'inputOption-activeBorder': '#0f4a85', 'inputOption-activeForeground': '#292929',
    'menu-background': '#ffffff', 'menu-foreground': '#292929', 'menu-border': '#0f4a85', 'menu-selectionBackground': '#0f4a85', 'menu-selectionForeground': '#ffffff', 'menu-selectionBorder': '#006bbd', 'menu-separatorBackground': '#0f4a85',
    'badge-background': '#0f4a85', 'badge-foreground': '#ffffff', 'charts-blue': '#1a85ff',
  },
};

/** The class that VS Code gives the body in a theme. */
export function bodyClass(theme: ThemeName): string {
  switch (theme) {
    case 'dark':
      return 'vscode-dark';
    case 'light':
      return 'vscode-light';
    case 'contrast':
      return 'vscode-high-contrast';
    case 'contrast-light':
      return 'vscode-high-contrast vscode-high-contrast-light';
  }
}

/** The style sheet of a theme: its variables, and rules like those that VS Code puts in front of a page's own. */
export function themeSheet(theme: ThemeName): string {
  const variables = Object.entries({ ...shared, ...colours[theme] }).map(([name, value]) => `--vscode-${name}: ${value};`);
  // The fields of forms have the colours of VS Code's own settings, which follow those of its other fields in these themes.
  for (const [field, like] of [['textInput', 'input'], ['numberInput', 'input'], ['dropdown', 'dropdown'], ['checkbox', 'input']] as const) {
    for (const part of ['Background', 'Foreground', 'Border']) variables.push(`--vscode-settings-${field}${part}: var(--vscode-${like}-${part.toLowerCase()});`);
  }
  variables.push('--vscode-inputValidation-errorBackground: var(--vscode-editor-background);', '--vscode-inputValidation-errorBorder: var(--vscode-editorError-foreground);');
  return `:root { ${variables.join(' ')} scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    @layer vscode-default {
      body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); background-color: transparent; font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
      code { padding: 1px 3px; border-radius: 4px; color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background); }
      html { background: var(--vscode-editor-background); }
    }`;
}
