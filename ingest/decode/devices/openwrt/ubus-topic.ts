/** Words by which a script says what it publishes; they name neither the device nor its interface. */
const content =
  /^(?:ubus|hostapd|iwinfo|wifi|wlan|wireless|network|get_?clients|get_?status|clients|status|stations|state|info)$/i;
const interfaceName = /^(?:hostapd\.(?<object>.+)|(?<name>(?:wlan|phy|radio|ath|wl|rai?)\d[\w.-]*))$/;

export interface UbusTopic {
  readonly device: string;
  /** Name of the host: the device's last level, by which collectd knows it too. */
  readonly host: string;
  /** Absent where the topic names none. */
  readonly interface: string | undefined;
}

/** `openwrt/ap-portico/hostapd.wlan0/get_clients` is of the device `openwrt/ap-portico` and its interface `wlan0`. */
export const readUbusTopic = (topic: string): UbusTopic => {
  const levels = topic.split('/');
  let named: string | undefined;
  while (levels.length > 1) {
    const last = levels.at(-1) ?? '';
    const groups = named === undefined ? interfaceName.exec(last)?.groups : undefined;
    if (groups === undefined && !content.test(last)) break;
    named ??= groups?.object ?? groups?.name;
    levels.pop();
  }
  return { device: levels.join('/'), host: levels.at(-1) ?? '', interface: named };
};
