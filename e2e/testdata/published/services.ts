/** The services that are nothing but calls, with the params as the host gets them. */

import { type Handler, on, rpc } from "./bridge";

/** A call whose only argument is its params. */
const whole = (method: string) => (params?: object) => rpc(method, params || {});

/** A call with the arguments as params by name; one that is missing is null if its name ends with a question mark. */
const named = (method: string, ...names: string[]) => (...args: unknown[]) => {
  const params: { [name: string]: unknown } = {};
  names.forEach((name, i) => {
    const optional = name.endsWith("?");
    params[optional ? name.slice(0, -1) : name] = optional ? args[i] || null : args[i];
  });
  return rpc(method, params);
};

export const window = {
  showToast: named("window.showToast", "message"),
  showInputBox: whole("window.showInputBox"),
  showConfirm: whole("window.showConfirm"),
  showPicker: whole("window.showPicker"),
  showProgress: named("window.showProgress", "message"),
  hideProgress: named("window.hideProgress", "progressId"),
  setStatusBarText: named("window.setStatusBarText", "id", "text"),
  showDirectoryPicker: whole("window.showDirectoryPicker"),
  showFilePicker: whole("window.showFilePicker"),
  showPopup: whole("window.showPopup"),
  closePopup: named("window.closePopup", "id"),
  openWebviewTab: whole("window.openWebviewTab"),
  showBottomSheet: whole("window.showBottomSheet"),
  closeBottomSheet: named("window.closeBottomSheet", "bottomSheetId"),
  showCommandPalette: () => rpc("window.showCommandPalette"),
  showThemePicker: () => rpc("window.showThemePicker"),
};

const fs = {
  read: named("workspace.fs.read", "uri"),
  write: named("workspace.fs.write", "uri", "content"),
  readBase64: named("workspace.fs.readBase64", "uri"),
  writeBase64: named("workspace.fs.writeBase64", "uri", "content"),
  create: named("workspace.fs.create", "parentUri", "name"),
  list: (uri: string, { mimeTypes, extensions, nameContains, excludeDirs, recursive }: any = {}) =>
    rpc("workspace.fs.list", {
      uri,
      mimeTypes: mimeTypes || null,
      extensions: extensions || null,
      nameContains: nameContains || null,
      excludeDirs: excludeDirs || null,
      recursive: !!recursive,
    }),
  delete: named("workspace.fs.delete", "uri"),
  exists: named("workspace.fs.exists", "uri"),
  createDirectory: named("workspace.fs.createDirectory", "parentUri", "name"),
  rename: named("workspace.fs.rename", "uri", "newName"),
  move: named("workspace.fs.move", "uri", "destinationUri"),
  copy: named("workspace.fs.copy", "uri", "destinationUri"),
  zip: named("workspace.fs.zip", "uri", "destinationUri?", "name?", "excludeDirs?"),
  share: named("workspace.fs.share", "uri", "title?"),
  openExternal: named("workspace.fs.openExternal", "uri", "title?"),
};

export const workspace = {
  openFile: named("workspace.openFile", "uri"),
  getConfiguration: named("workspace.getConfiguration", "section"),
  getActiveFile: () => rpc("workspace.getActiveFile"),
  getOpenTabs: () => rpc("workspace.getOpenTabs"),
  getEngineVersion: () => rpc("workspace.getEngineVersion"),
  getCurrentScreen: () => rpc("workspace.getCurrentScreen"),
  getAppVersion: () => rpc("workspace.getAppVersion"),
  getProjectRoot: () => rpc("workspace.getProjectRoot"),
  getTheme: () => rpc("workspace.getTheme"),
  project: { create: named("workspace.project.create", "name", "parentUri?", "files?") },
  fs,
};

export const terminal = {
  isSetup: () => rpc("terminal.isSetup"),
  open: whole("terminal.open"),
  sendInput: named("terminal.sendInput", "tabKey", "text"),
  readOutput: named("terminal.readOutput", "tabKey"),
  close: named("terminal.close", "tabKey"),
};

export const storage = {
  kv: {
    setItem: named("storage.kv.setItem", "key", "value"),
    getItem: named("storage.kv.getItem", "key"),
    removeItem: named("storage.kv.removeItem", "key"),
    clear: () => rpc("storage.kv.clear"),
    getAll: () => rpc("storage.kv.getAll"),
  },
  getDataDir: () => rpc("storage.getDataDir"),
  getCacheDir: () => rpc("storage.getCacheDir"),
};

export const editor = {
  openDiff: ({ original, modified, title, language, readOnly, onSaveCommand }: any) =>
    rpc("editor.openDiff", {
      original,
      modified,
      title: title || "Diff",
      language: language || null,
      readOnly: readOnly !== false,
      onSaveCommand: onSaveCommand || null,
    }),
  registerCodeMirrorExtension(id: string, code: any, { fileExtensions, description }: any = {}) {
    const rest = { fileExtensions: fileExtensions || null, description: description || null };
    const source = typeof code === "string" ? { jsCode: code } : { file: code.file, params: code.params || null };
    return rpc("editor.registerCodeMirrorExtension", { id, ...source, ...rest });
  },
};

export const snippets = {
  add: named("snippets.add", "fileExtension", "id", "label", "template"),
  delete: named("snippets.delete", "fileExtension", "id"),
  list: named("snippets.list", "fileExtension"),
};

export const formatters = {
  register: named("formatter.register", "id", "label", "commandId", "languages"),
  unregister: named("formatter.unregister", "id"),
};

export const events: { [method: string]: (handler: Handler) => () => void } = {};
for (const event of [
  "activeEditorChange", "fileOpen", "fileClose", "fileSave", "tabOpen", "tabClose", "fileCreated", "folderCreated",
  "fileDeleted", "fileRenamed", "fileMoved", "themeChange", "configChange", "configReset",
]) {
  events[`on${event[0]!.toUpperCase()}${event.slice(1)}`] = (handler) => on(event, handler);
}
