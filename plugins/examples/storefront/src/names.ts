// Names in the kit. Nothing here knows perfctl, so Node tests it as it stands.

/** The module of a component, as the kit calls its files: `DatePicker` lies in `date-picker`, `useToast` in `use-toast`. */
export function moduleOf(component: string): string {
  return component
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
