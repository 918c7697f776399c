import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import { SidebarTitle } from './SidebarTitle';

/** The catalog and the rollouts first, what belongs to the reader last. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    NavContentBlueprint.make({
      params: {
        component: ({ navItems }) => {
          const nav = navItems.withComponent(item => (
            <SidebarItem
              icon={() => item.icon}
              to={item.href}
              text={item.title}
            />
          ));
          // Shown by NotificationsSidebarItem, which knows what is unread.
          nav.take('page:notifications');
          return (
            <Sidebar>
              <SidebarTitle />
              <SidebarDivider />
              <SidebarGroup label="Menu" icon={<MenuIcon />}>
                {nav.take('page:catalog')}
                {nav.take('page:canary')}
                {nav.rest({ sortBy: 'title' })}
              </SidebarGroup>
              <SidebarSpace />
              <SidebarDivider />
              <NotificationsSidebarItem />
              <SidebarDivider />
              <SidebarGroup
                label="Settings"
                icon={<UserSettingsSignInAvatar />}
                to="/settings"
              >
                {nav.take('page:user-settings')}
              </SidebarGroup>
            </Sidebar>
          );
        },
      },
    }),
  ],
});
