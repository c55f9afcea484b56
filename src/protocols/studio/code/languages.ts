// The languages that calls can be written in, and what each needs to be run.

/** A language by its id. */
export type Language = 'curl' | 'python' | 'r' | 'csharp' | 'javascript' | 'powershell';

/** A language as people choose it. */
export interface LanguageInfo {
  readonly id: Language;
  readonly name: string;
  /** What has to be there to run the code, in a sentence. */
  readonly needs: string;
  /** Of a file with the code, without the dot. */
  readonly extension: string;
  /** VS Code's id of the language. */
  readonly vscodeLanguage: string;
}

/** All languages, in the order in which they are offered. */
export const languages: readonly LanguageInfo[] = [
  { id: 'curl', name: 'cURL', needs: 'Needs curl and a POSIX shell, such as sh or bash.', extension: 'sh', vscodeLanguage: 'shellscript' },
  { id: 'python', name: 'Python', needs: 'Needs Python 3.7 or newer, and no package.', extension: 'py', vscodeLanguage: 'python' },
  { id: 'r', name: 'R', needs: 'Needs R with the packages httr and jsonlite.', extension: 'R', vscodeLanguage: 'r' },
  {
    id: 'csharp',
    name: 'C#',
    needs: 'Needs .NET, and no package: the Program.cs of a console project. It compiles as C# 7 too.',
    extension: 'cs',
    vscodeLanguage: 'csharp',
  },
  {
    id: 'javascript',
    name: 'JavaScript',
    needs: 'Needs Node.js 18 or newer, and no package. Its file has to end in .mjs.',
    extension: 'mjs',
    vscodeLanguage: 'javascript',
  },
  { id: 'powershell', name: 'PowerShell', needs: 'Needs PowerShell 7 or newer.', extension: 'ps1', vscodeLanguage: 'powershell' },
];
